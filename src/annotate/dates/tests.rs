//! Expressions of time and what they denote, row by row.

use proptest::prelude::*;

use super::*;
use crate::token::TokenIdx;

/// The date of the article in the rows below: a Saturday.
const SATURDAY: &str = "2023-12-09";

fn found(text: &str, anchor: &str) -> Vec<String> {
    find(text, &[], anchor.parse().ok())
        .iter()
        .map(|date| {
            let end = |end: Option<PartialDate>| end.map_or("?".to_owned(), |end| end.to_string());
            let value = match date.kind {
                DateKind::Duration { days } => format!("{days} days"),
                DateKind::Date if date.interval.from == date.interval.to => end(date.interval.from),
                DateKind::Date => {
                    format!("{}/{}", end(date.interval.from), end(date.interval.to))
                }
            };
            format!("{} = {value}", date.span.slice(text))
        })
        .collect()
}

/// Each row: a text, and what is found in it.
fn check(anchor: &str, rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        assert_eq!(found(text, anchor), *expected, "in {text:?} of {anchor:?}");
    }
}

#[test]
fn calendar_dates() {
    check(
        SATURDAY,
        &[
            ("They met on December 7, 2023.", &["December 7, 2023 = 2023-12-07"]),
            ("They met on 7 December.", &["7 December = 2023-12-07"]),
            ("They met on the 7th of December 2021.", &["the 7th of December 2021 = 2021-12-07"]),
            ("They met on Dec. 7.", &["Dec. 7 = 2023-12-07"]),
            ("They met on Thursday, Dec. 7.", &["Thursday, Dec. 7 = 2023-12-07"]),
            ("They met on Thursday (December 7).", &["Thursday (December 7) = 2023-12-07"]),
            ("DATE: DECEMBER 7TH, 2023", &["DECEMBER 7TH, 2023 = 2023-12-07"]),
            ("Sun, 3 Dec 2023 10:15:00 GMT", &["Sun, 3 Dec 2023 = 2023-12-03"]),
            (
                "date 2023-12-09 and 2023-12-09T10:15:00Z",
                &["2023-12-09 = 2023-12-09", "2023-12-09T10:15:00Z = 2023-12-09"],
            ),
            ("It is dated 31/12/2022.", &["31/12/2022 = 2022-12-31"]),
            ("It is dated 12/31/22.", &["12/31/22 = 2022-12-31"]),
            ("It is dated 12/07/2023.", &["12/07/2023 = 2023"]),
            ("It opened in December 2021.", &["December 2021 = 2021-12"]),
            ("It opened in December of 2021.", &["December of 2021 = 2021-12"]),
            ("It opened in March last year.", &["March last year = 2022-03"]),
            ("In 2024, and in the year 2030.", &["2024 = 2024", "the year 2030 = 2030"]),
            ("He was born in 1847.", &["1847 = 1847"]),
            (
                "Since the 1990s, or the early 1980s.",
                &["the 1990s = 1990/1999", "early 1980s = 1980/1983"],
            ),
            (
                "In the '90s and the 19th century.",
                &["the '90s = 1990/1999", "the 19th century = 1800/1899"],
            ),
            ("Fiscal 2022 was good.", &["Fiscal 2022 = 2022"]),
            ("It was nineteen ninety-six.", &["nineteen ninety-six = 1996"]),
            ("The attacks of 9/11 changed that.", &["9/11 = 2001-09-11"]),
            ("They will meet on Christmas Day.", &["Christmas Day = 2023-12-25"]),
            ("In February 29, 2023 there was no such day.", &["February 29, 2023 = ?"]),
        ],
    );
}

#[test]
fn ranges() {
    check(
        SATURDAY,
        &[
            ("He is there from Dec. 5 to 15.", &["Dec. 5 to 15 = 2023-12-05/2023-12-15"]),
            ("She stays from December 4 to 7.", &["December 4 to 7 = 2023-12-04/2023-12-07"]),
            ("The talks of May 9-11, 2022 failed.", &["May 9-11, 2022 = 2022-05-09/2022-05-11"]),
            (
                "Between March 3 and 5, 2021 it rained.",
                &["March 3 and 5, 2021 = 2021-03-03/2021-03-05"],
            ),
            (
                "Between 3 and 5 March 2021 it rained.",
                &["3 and 5 March 2021 = 2021-03-03/2021-03-05"],
            ),
            ("COP28 (Nov. 30-Dec. 12) goes on.", &["Nov. 30-Dec. 12 = 2023-11-30/2023-12-12"]),
            (
                "From Dec. 30, 2022 to Jan. 2, 2023.",
                &["Dec. 30, 2022 to Jan. 2, 2023 = 2022-12-30/2023-01-02"],
            ),
            ("It will run from Dec. 30 to Jan. 2.", &["Dec. 30 to Jan. 2 = 2023-12-30/2024-01-02"]),
            ("They met on 7 and 8 December.", &["7 and 8 December = 2023-12-07/2023-12-08"]),
            ("They met on December 4 and 5.", &["December 4 and 5 = 2023-12-04/2023-12-05"]),
            ("They met on December 1 and 7.", &["December 1 = 2023-12-01", "7 = 2023-12-07"]),
            ("From May to July 2021 it was closed.", &["May to July 2021 = 2021-05/2021-07"]),
            ("He ruled from 1973 to 1978.", &["1973 to 1978 = 1973/1978"]),
            ("(1920–1995), or 2019-21", &["1920–1995 = 1920/1995", "2019-21 = 2019/2021"]),
            (
                "The talks were held from Monday to Wednesday.",
                &["Monday to Wednesday = 2023-12-04/2023-12-06"],
            ),
            (
                "The summit was moved from December 4 to December 7.",
                &["December 4 = 2023-12-04", "December 7 = 2023-12-07"],
            ),
        ],
    );
}

#[test]
fn weekdays_follow_the_news() {
    check(
        SATURDAY,
        &[
            ("The envoy arrived on Thursday.", &["Thursday = 2023-12-07"]),
            ("The envoy, Saturday concluded his visit.", &["Saturday = 2023-12-09"]),
            ("The envoy will arrive on Thursday.", &["Thursday = 2023-12-14"]),
            ("Talks are scheduled for Tuesday.", &["Tuesday = 2023-12-12"]),
            (
                "A visit that begins a week starting Monday is set to go on.",
                &["Monday = 2023-12-11"],
            ),
            ("He met her last Friday.", &["last Friday = 2023-12-01"]),
            ("They meet next Tuesday.", &["next Tuesday = 2023-12-12"]),
            ("They met late Thursday evening.", &["late Thursday evening = 2023-12-07"]),
            ("The ministry announced on Friday that she would go.", &["Friday = 2023-12-08"]),
            ("They meet every Thursday.", &[]),
            ("The Sun reports; he sat down; Mon ami.", &[]),
        ],
    );
}

#[test]
fn what_counts_from_today() {
    check(
        SATURDAY,
        &[
            (
                "He wrote today, tonight and yesterday evening.",
                &["today = 2023-12-09", "tonight = 2023-12-09", "yesterday evening = 2023-12-08"],
            ),
            ("The day after tomorrow he will go.", &["The day after tomorrow = 2023-12-11"]),
            ("Last night he went.", &["Last night = 2023-12-08"]),
            (
                "Earlier this week, this week, last week.",
                &[
                    "Earlier this week = 2023-12-04/2023-12-09",
                    "this week = 2023-12-04/2023-12-10",
                    "last week = 2023-11-27/2023-12-03",
                ],
            ),
            (
                "Last month, next month, this year, last year.",
                &[
                    "Last month = 2023-11",
                    "next month = 2024-01",
                    "this year = 2023",
                    "last year = 2022",
                ],
            ),
            (
                "It began in October and will end in January.",
                &["October = 2023-10", "January = 2024-01"],
            ),
            (
                "It happened two days ago, and two years ago.",
                &["two days ago = 2023-12-07", "two years ago = 2021"],
            ),
            ("In the past 20 years nothing moved.", &["the past 20 years = 2003/2023-12-09"]),
            (
                "Over the next three days he will travel.",
                &["the next three days = 2023-12-09/2023-12-12"],
            ),
            (
                "It came out in mid-December and early 2021.",
                &["mid-December = 2023-12-11/2023-12-20", "early 2021 = 2021-01/2021-04"],
            ),
            (
                "At the end of the year, late last month.",
                &[
                    "the end of the year = 2023-09/2023-12",
                    "late last month = 2023-11-21/2023-11-30",
                ],
            ),
            (
                "In the third quarter of 2022 and Q1 2023.",
                &["the third quarter of 2022 = 2022-07/2022-09", "Q1 2023 = 2023-01/2023-03"],
            ),
            (
                "Last May he left; last summer, too.",
                &["Last May = 2023-05", "last summer = 2023-06/2023-08"],
            ),
        ],
    );
}

#[test]
fn what_counts_from_the_last_date() {
    check(
        SATURDAY,
        &[
            (
                "On May 3, 2021 he left. A day earlier he had come.",
                &["May 3, 2021 = 2021-05-03", "A day earlier = 2021-05-02"],
            ),
            (
                "On May 3, 2021 he left. The same day she came.",
                &["May 3, 2021 = 2021-05-03", "The same day = 2021-05-03"],
            ),
            (
                "He came in May 2021. The following month he left.",
                &["May 2021 = 2021-05", "The following month = 2021-06"],
            ),
            (
                "He came in 2019. Two years later he left.",
                &["2019 = 2019", "Two years later = 2021"],
            ),
            ("In 2019 he resigned. On March 5 he left.", &["2019 = 2019", "March 5 = 2019-03-05"]),
            ("A day earlier he had come.", &["A day earlier = 2023-12-08"]),
            (
                "He came in May 2021 and left in March that year.",
                &["May 2021 = 2021-05", "March that year = 2021-03"],
            ),
            (
                "On Nov. 3, 2022 he came, and the previous Friday she left.",
                &["Nov. 3, 2022 = 2022-11-03", "the previous Friday = 2022-10-28"],
            ),
            ("Over the next week he will go.", &["the next week = 2023-12-09/2023-12-16"]),
            ("The next day he left.", &["The next day = ?"]),
        ],
    );
}

#[test]
fn the_tree_tells_the_tense() {
    // "announced", not the "would" behind it, rules the Friday.
    let text = "The ministry announced a visit on Friday and would soon say more.";
    let rows = [
        ("The", "DET", "DT", 1, "det"),
        ("ministry", "NOUN", "NN", 2, "nsubj"),
        ("announced", "VERB", "VBD", 2, "ROOT"),
        ("a", "DET", "DT", 4, "det"),
        ("visit", "NOUN", "NN", 2, "dobj"),
        ("on", "ADP", "IN", 2, "prep"),
        ("Friday", "PROPN", "NNP", 5, "pobj"),
        ("and", "CCONJ", "CC", 2, "cc"),
        ("would", "AUX", "MD", 10, "aux"),
        ("soon", "ADV", "RB", 10, "advmod"),
        ("say", "VERB", "VB", 2, "conj"),
    ];
    let mut at = 0;
    let tokens: Vec<Token> = rows
        .iter()
        .map(|&(word, upos, tag, head, deprel)| {
            let rest = text.get(at..).expect("words in order");
            let start = at + rest.find(word).expect("a word of the text");
            at = start + word.len();
            Token {
                span: Span::new(start, at),
                lemma: word.to_lowercase(),
                upos,
                tag: tag.to_owned(),
                morph: String::new(),
                head: TokenIdx(head),
                deprel: deprel.to_owned(),
                starts_sentence: start == 0,
                followed_by_space: true,
            }
        })
        .collect();
    let placed = |tokens: &[Token]| {
        find(text, tokens, SATURDAY.parse().ok()).first().and_then(|date| date.interval.from)
    };
    assert_eq!(placed(&tokens), "2023-12-08".parse().ok());
    // With a modal before it the same verb looks ahead.
    let mut planned = tokens;
    planned[2].tag = "VB".to_owned();
    planned[1].tag = "MD".to_owned();
    planned[1].deprel = "aux".to_owned();
    assert_eq!(placed(&planned), "2023-12-15".parse().ok());
}

#[test]
fn durations() {
    check(
        SATURDAY,
        &[
            ("his two-day visit of three weeks", &["two-day = 2 days", "three weeks = 21 days"]),
            ("a one-month deadline", &["one-month = 30 days"]),
            (
                "for 20 years, for a year and a half",
                &["20 years = 7300 days", "a year and a half = 540 days"],
            ),
            ("a 72-year-old man, 72 years old", &[]),
            ("three-quarters of it, twice a day", &[]),
        ],
    );
}

#[test]
fn without_a_date_of_the_article_nothing_is_guessed() {
    check(
        "",
        &[
            ("They met on December 4.", &["December 4 = --12-04"]),
            ("He is there from Dec. 5 to 15.", &["Dec. 5 to 15 = --12-05/--12-15"]),
            ("In December he left.", &["December = --12"]),
            (
                "On December 7, 2023 he left. A day later she came.",
                &["December 7, 2023 = 2023-12-07", "A day later = 2023-12-08"],
            ),
            (
                "He came last week, on Thursday and today.",
                &["last week = ?", "Thursday = ?", "today = ?"],
            ),
        ],
    );
    check("", &[("of '71 and spring of '21", &["'71 = 1971", "spring of '21 = 2021-03/2021-05"])]);
    check(
        "2023",
        &[("They met on December 4, last year.", &["December 4, last year = 2022-12-04"])],
    );
    check(
        "2023-12",
        &[(
            "They met on December 4, last month.",
            &["December 4 = 2023-12-04", "last month = 2023-11"],
        )],
    );
}

#[test]
fn what_only_looks_like_a_date() {
    for text in [
        "They may meet; May I ask? Theresa May spoke with April Ryan.",
        "They march on the city, second to none.",
        "Some 2024 refugees and 1,000 people came, 2,023 of them by boat.",
        "Resolution 1929 and page 2010, Boeing 2020, 28 U.S.C. 1253.",
        "It costs $2024, or 1999 dollars, 2001%.",
        "The ratio is 3/4 and the score 2-1; call 555-1234.",
        "Version 1.2.3.4 at 10.12.20.23 costs 2.5.",
        "Jan Roe and June Doe met Augusta.",
        "The fall of the city; the spring of a clock.",
        "24/7, 50/50, the first half of the match",
    ] {
        assert_eq!(found(text, SATURDAY), Vec::<String>::new(), "in {text:?}");
    }
}

#[test]
fn a_long_text_is_read_in_pieces() {
    let sentence = "On Dec. 5 they met, and on Thursday they parted. ";
    let text = sentence.repeat(5_000);
    let dates = find(&text, &[], SATURDAY.parse().ok());
    // At most one date is lost where a piece ends.
    assert!(dates.len() >= 10_000 - text.len() / PIECE, "{}", dates.len());
}

proptest! {
    #[test]
    fn any_text_survives(text in "(?s).{0,120}", anchor in 0i16..=9999) {
        let anchor = PartialDate::day_of(anchor, 1, 31);
        let mut at = 0;
        for date in find(&text, &[], anchor) {
            prop_assert!(at <= date.span.start());
            prop_assert!(!date.span.slice(&text).is_empty());
            at = date.span.end();
        }
    }

    #[test]
    fn any_sequence_of_words_survives(
        words in prop::collection::vec(prop::sample::select(vec![
            "the", "last", "next", "this", "two", "20", "day", "days", "years", "ago", "earlier", "December",
            "May", "Dec", ".", ",", "-", "to", "and", "from", "between", "of", "5", "31st", "2023", "9999",
            "century", "first", "quarter", "'90s", "1990s", "early", "end", "Thursday", "a", "half", "later",
            "9/11", "0000-01-01", "\n\n", "99999999", "decades", "past", "thousand", "million", "same", "year",
        ]), 0..25),
        year in 0i16..=9999,
    ) {
        let text = words.join(" ");
        for date in find(&text, &[], PartialDate::day_of(year, 12, 31)) {
            let first = date.interval.from.and_then(PartialDate::first_day);
            let last = date.interval.to.and_then(PartialDate::last_day);
            if first.is_some() && last.is_some() {
                prop_assert!(first <= last, "{} in {text:?}", date.span.slice(&text));
            }
        }
    }
}
