//! Blocks and skipped stretches, text by text.

use proptest::prelude::*;

use super::*;

/// The pieces of a text, as "kind: text" or "-reason: text", in order.
fn pieces(text: &str) -> Vec<String> {
    let (blocks, skipped) = blocks(text);
    let mut all: Vec<(usize, String)> = blocks
        .iter()
        .map(|b| (b.span.start(), format!("{:?}: {}", b.kind, b.span.slice(text))))
        .collect();
    all.extend(
        skipped.iter().map(|s| (s.span.start(), format!("-{}: {}", s.reason, s.span.slice(text)))),
    );
    all.sort();
    all.into_iter().map(|(_, piece)| piece).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(pieces(text), expected, "of {text:?}");
}

#[test]
fn lines_are_blocks() {
    check(
        "Ministers meet in Geneva\nTalks to go on next week, officials say\n\nThe ministers of both countries met on Monday.\r\nThey parted as friends.\n",
        &[
            "Headline: Ministers meet in Geneva",
            "Headline: Talks to go on next week, officials say",
            "Paragraph: The ministers of both countries met on Monday.",
            "Paragraph: They parted as friends.",
        ],
    );
    check("", &[]);
    check(" \n\t\u{FEFF}\n\u{200B} ", &[]);
}

#[test]
fn datelines_stand_apart() {
    let says = "The ministers of both countries met here on Monday, officials said.";
    let check_place = |place: &str| {
        check(
            &format!("{place} {says}"),
            &[&format!("Dateline: {place}"), &format!("Paragraph: {says}")],
        );
    };
    for place in [
        "GENEVA –",
        "GENEVA —",
        "GENEVA:",
        "NEW DELHI:",
        "GENEVA, March 3 (Reuters) -",
        "RAWALPINDI, Dec 9 (APP):",
        "WASHINGTON, D.C. —",
        "GENEVA (AP) —",
        "Geneva (AFP) –",
        "Geneva, Switzerland, 3 March 2021 –",
        "BERLIN, Germany, March 3, 2021 --",
    ] {
        check_place(place);
    }
    check(
        &format!("Ministers meet in Geneva\nGENEVA\n{says}"),
        &["Headline: Ministers meet in Geneva", "Dateline: GENEVA", &format!("Paragraph: {says}")],
    );
    for text in [
        "NATO – the alliance of thirty states – said on Monday that it would send troops.",
        "MINISTER ROE: Thank you very much, and welcome to all of you in Geneva.",
        "QUESTION: Thank you, and could the two of you say what comes next for Geneva?",
    ] {
        check(text, &[&format!("Paragraph: {text}")]);
    }
}

#[test]
fn prefixes_and_credits_come_off() {
    check(
        " date 2021-03-03 Foreign Minister Jane Roe receives her guest in Geneva on March 2, 2021. — X/@ExampleOffice",
        &[
            "-date line: date 2021-03-03",
            "Caption: Foreign Minister Jane Roe receives her guest in Geneva on March 2, 2021.",
            "-photo credit: — X/@ExampleOffice",
        ],
    );
    check(
        "Date: 2021-03-03 ACME 12.30 Increased By ▲ 0.40 (3.36%)\nMinisters meet",
        &[
            "-date line: Date: 2021-03-03",
            "-stock ticker: ACME 12.30 Increased By ▲ 0.40 (3.36%)",
            "Headline: Ministers meet",
        ],
    );
    for credit in [
        "— Reuters",
        "— AFP/File",
        "(AP Photo/John Doe)",
        "[Reuters]",
        "Photo: John Doe",
        "–APP",
        "PHOTO: PID",
    ] {
        check(
            &format!("The two ministers shake hands in Geneva on Monday. {credit}"),
            &[
                "Caption: The two ministers shake hands in Geneva on Monday.",
                &format!("-photo credit: {credit}"),
            ],
        );
    }
    for text in [
        "Date palms were planted in 2021 in the park.",
        "He works for Reuters.",
        "The wire service is called Agence France-Presse (AFP).",
        "Published March 3, 2021, the report names two ministers.",
    ] {
        check(text, &[&format!("Paragraph: {text}")]);
    }
}

#[test]
fn glued_sentences_are_cut() {
    let check_cut = |text: &str| {
        let expected: Vec<String> =
            text.split('¦').map(|part| format!("Paragraph: {}", part.trim())).collect();
        assert_eq!(pieces(&text.replace('¦', "")), expected);
    };
    for text in [
        "They came to the talks.¦The minister left.",
        "They came to the talks.¦US, Swiss officials left.",
        "It helps the administration.¦“Both sides agree,” she said.",
        "“It helps the administration.”¦Both sides agree.",
        "\"It helps the administration.\"¦Both sides agree.",
        "It helps the administration.¦\"Both sides agree,\" she said.",
        "He returned to Geneva.¦The minister left.",
        "They work for UNHCR.¦The minister left.",
        "It ended in 2020.¦The minister left.",
        "Will it end?¦The minister left.",
        "It fell by 5%.¦The minister left.",
        "They met (twice).¦The minister left. It was late.¦And so to bed.",
        "They came to the talks. The minister left.",
        "The U.S.Army said so.",
        "He is at Acme Inc.The rest is gone.",
        "See Example.Com or www.Example.Org for more.",
        "It is at https://example.org/Talks.Geneva now.",
        "It begins at 5 p.m.Monday in Geneva.",
        "J.K.Rowling wrote it, e.g.The one here.",
        "St.Petersburg and No.Ten are places.",
        "Follow @example_office.The handle is new.",
        "Version 2.Beta is out.",
    ] {
        check_cut(text);
    }
}

#[test]
fn furniture_is_skipped_and_prose_is_not() {
    let check_skipped = |line: &str| {
        let (blocks, skipped) = blocks(line);
        assert!(blocks.is_empty() && !skipped.is_empty(), "{line:?} is read: {blocks:?}");
    };
    for line in [
        "About The Author",
        "Leave a Reply",
        "Scroll to Top",
        "Read more: Ministers meet in Geneva",
        "Share this:",
        "Facebook Twitter WhatsApp LinkedIn Email",
        "Follow us on Twitter",
        "Advertisement",
        "Photo: Reuters",
        "###",
        "— END —",
        "1 / 12",
        "All rights reserved.",
        "© 2021 The Daily Example",
        "Copyright 2021 The Daily Example",
        "Example Recorder Web Desk Published January 2, 2021 Updated January 2, 2021 09:02pm",
        "Published: 3 Mar 2021 at 10:15 GMT",
        "May 18, 2022",
        "We use cookies to improve your experience. Accept all cookies",
        "For further information, visit the U.S. Embassy at www.example.org.",
        "Your email address will not be published. Required fields are marked *",
        "The agency's website contains only a portion of the news stories offered to subscribers, in short form. Please contact us for subscription options.",
        "ACME 48.77 Decreased By ▼ -0.62 (-1.26%) EXM 5.20 Increased By ▲ 0.10 (1.96%)",
        "Reporting by Jane Roe in Geneva; Editing by John Doe",
    ] {
        check_skipped(line);
    }
    let check_read = |line: &str| {
        let (blocks, skipped) = blocks(line);
        assert_eq!(blocks.len(), 1, "{line:?} is not one block");
        assert!(skipped.is_empty(), "{line:?} is skipped: {skipped:?}");
    };
    for line in [
        "The law was published on March 3, 2021.",
        "Copyright infringement rose last year, the ministry said.",
        "Related-party deals rose last year, the ministry said.",
        "We baked cookies for the troops.",
        "Credit Suisse shares fell.",
        "She asked readers to share this article on Facebook.",
        "The minister will contact us.",
        "Visitors can sign up for the newsletter of the ministry.",
        "For more information Clinton turned to her staff and to those who visit often.",
        "Inflation was 3.2 percent and rose by 1.5 points to 4.7%.",
        "He visited Geneva on May 18, 2022.",
        "Watch: how the talks in Geneva went on until the morning",
        "Photos show the two ministers in Geneva.",
        "By Monday the talks were over.",
        "“It is a far, far better thing that I do.” — Sydney Carton",
    ] {
        check_read(line);
    }
}

#[test]
fn notices_inside_a_paragraph_are_skipped() {
    check(
        "The ministers met on Monday. Sign up for our daily newsletter. They will meet again.",
        &[
            "Paragraph: The ministers met on Monday.",
            "-subscription notice: Sign up for our daily newsletter.",
            "Paragraph: They will meet again.",
        ],
    );
}

#[test]
fn repeated_captions_are_skipped() {
    let caption = "The two ministers shake hands in Geneva on Monday.";
    check(
        &format!("{caption} — AFP\n{caption} — AFP\nOkay.\nOkay."),
        &[
            &format!("Caption: {caption}"),
            "-photo credit: — AFP",
            &format!("-repeated: {caption}"),
            "-photo credit: — AFP",
            "Paragraph: Okay.",
            "Paragraph: Okay.",
        ],
    );
}

#[test]
fn list_items_lose_their_mark() {
    check(
        "• Ministers meet\n- Talks go on\n(2) The treaty is signed.\n2021 was a good year.",
        &[
            "-list mark: •",
            "ListItem: Ministers meet",
            "-list mark: -",
            "ListItem: Talks go on",
            "-list mark: (2)",
            "ListItem: The treaty is signed.",
            "Paragraph: 2021 was a good year.",
        ],
    );
}

#[test]
fn wrapped_lines_are_joined() {
    let wrapped = "The ministers of both countries met in Geneva on Monday, two\n\
        days after the border had been opened, and spoke about trade,\n\
        water and the return of refugees to their villages.\n\
        \n\
        They will meet again in a month, officials of the ministry in\n\
        Geneva said, and a treaty may then be ready for their\n\
        signatures.";
    let (joined, skipped) = blocks(wrapped);
    assert!(skipped.is_empty());
    let lines: Vec<usize> = joined.iter().map(|b| b.span.slice(wrapped).lines().count()).collect();
    assert_eq!(lines, [3, 3]);
    // The same with indented paragraphs and no empty line.
    let indented = wrapped.replace("\n\n", "\n    ");
    assert_eq!(blocks(&indented).0.len(), 2);
}

#[test]
fn a_long_line_is_cut() {
    let sentence = "The ministers of both countries met here on Monday. ";
    let text = sentence.repeat(1_000_000 / sentence.len());
    let (pieces, _) = blocks(&text);
    assert!(pieces.len() >= 10);
    for piece in &pieces {
        assert!(piece.span.len() <= LONGEST_BLOCK);
        assert!(piece.span.slice(&text).ends_with("Monday."));
    }
    let solid = "ü".repeat(LONGEST_BLOCK);
    assert_eq!(blocks(&solid).0.len(), 2);
}

/// Spans in order, apart, on borders of characters, and blanks elsewhere.
fn assert_tiles(text: &str) {
    let (blocks, skipped) = blocks(text);
    let mut spans: Vec<Span> = blocks.iter().map(|b| b.span).collect();
    assert!(spans.is_sorted(), "blocks are out of order in {text:?}");
    assert!(skipped.iter().map(|s| s.span).is_sorted(), "skipped are out of order in {text:?}");
    spans.extend(skipped.iter().map(|s| s.span));
    spans.sort();
    let mut at = 0;
    for span in spans {
        assert!(at <= span.start(), "two spans overlap at {span:?} in {text:?}");
        assert!(!span.slice(text).is_empty(), "{span:?} is empty or cuts a character in {text:?}");
        let gap = Span::new(at, span.start()).slice(text);
        assert!(gap.chars().all(is_blank), "{gap:?} is lost from {text:?}");
        at = span.end();
    }
    assert!(Span::new(at, text.len()).slice(text).chars().all(is_blank), "the end of {text:?}");
}

proptest! {
    #[test]
    fn any_text_is_tiled(text in "(?s).{0,200}") {
        assert_tiles(&text);
    }

    #[test]
    fn news_like_text_is_tiled(parts in prop::collection::vec(prop::sample::select(vec![
        "GENEVA", " – ", ": ", "date 2021-03-03 ", "The minister met her", ".", "”", "\"", "“", "\n",
        "\n\n", "\r\n", "    ", "• ", " — X/@Example", "(AFP)", "Share this", "Published March 3, 2021",
        "talks.The", "ACME 1.20 Up ▲ 0.10 (1.00%)", "Sign up for our newsletter.", "\u{200B}",
        "a line of words that goes on in lower case and is not short", "…", "###", "ü",
    ]), 0..40)) {
        assert_tiles(&parts.concat());
    }
}
