//! Dates of publication, in the forms that feeds and tables give them.

use crate::date::PartialDate;

/// The first three letters of the months.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date of publication: ISO 8601, whole or in part and with a time or
/// without (`2023-12-09T08:00:00Z`, `2023/12/09`, `20231209`), RFC 2822 and
/// English (`Sat, 09 Dec 2023 08:00:00 GMT`, `December 9, 2023`).
///
/// `None` for anything else: `09/12/2023` is one day in London and another in
/// New York. The year 0 is what databases write for "unknown", not a year.
pub fn read_date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let date = iso(text).or_else(|| words(text))?;
    (date.year() != Some(0)).then_some(date)
}

fn iso(text: &str) -> Option<PartialDate> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // Only the date; what stands behind it may be a time of any form.
    let day = text.split(['T', 't', ' ']).next()?;
    if day.len() == 8 && digits(day) {
        let (year, rest) = day.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return PartialDate::new(year.parse().ok(), month.parse().ok(), day.parse().ok());
    }
    // `2023-12-09Z` and `2023-12-09+05:00` are dates of XML Schema.
    let day = day.split(['Z', '+']).next()?;
    let parts: Vec<&str> = day.split('/').collect();
    if let [year, month, day] = parts.as_slice()
        && year.len() == 4
        && [year, month, day].iter().all(|part| !part.is_empty() && digits(part))
    {
        return PartialDate::new(year.parse().ok(), month.parse().ok(), day.parse().ok());
    }
    day.parse().ok()
}

/// A day, a month by name and a year, in the order of either side of the
/// Atlantic.
fn words(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',' || c == '-')
        .filter(|part| !part.is_empty())
        .collect();
    let month_at = parts.iter().position(|part| month(part).is_some())?;
    let month = month(parts.get(month_at)?)?;
    let number = |at: Option<usize>| -> Option<(i16, usize)> {
        let part = parts.get(at?)?;
        let part =
            ["st", "nd", "rd", "th"].iter().find_map(|end| part.strip_suffix(end)).unwrap_or(part);
        Some((part.parse().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()))?, part.len()))
    };
    let day_of = |(day, digits): (i16, usize)| (digits <= 2).then_some(day as u8);
    let year_of = |(year, digits): (i16, usize)| (digits == 4).then_some(year);
    let before = number(month_at.checked_sub(1));
    let after = number(Some(month_at + 1));
    let behind = number(Some(month_at + 2));
    if let Some(day) = before.and_then(day_of)
        && let Some(year) = after.and_then(year_of)
    {
        return PartialDate::day_of(year, month, day);
    }
    if let Some(day) = after.and_then(day_of)
        && let Some(year) = behind.and_then(year_of)
    {
        return PartialDate::day_of(year, month, day);
    }
    PartialDate::new(Some(after.and_then(year_of)?), Some(month), None)
}

fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    (full.get(at)?.starts_with(&word) || word == "sept").then_some(at as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_of_feeds() {
        let check = |text: &str, want: &str| {
            assert_eq!(read_date(text).map(|d| d.to_string()).as_deref(), Some(want), "{text}");
        };
        check("2023-12-09", "2023-12-09");
        check(" 2023-12 ", "2023-12");
        check("2023", "2023");
        check("2023-12-09T08:00:00Z", "2023-12-09");
        check("2023-12-09 08:00:00+05:00", "2023-12-09");
        check("2023-12-09Z", "2023-12-09");
        check("2023/12/09", "2023-12-09");
        check("2023/2/9", "2023-02-09");
        check("20231209", "2023-12-09");
        check("20231209T080000Z", "2023-12-09");
        check("Sat, 09 Dec 2023 08:00:00 GMT", "2023-12-09");
        check("9 December 2023", "2023-12-09");
        check("9-Dec-2023", "2023-12-09");
        check("December 9, 2023", "2023-12-09");
        check("Dec. 9th, 2023 8:00 p.m.", "2023-12-09");
        check("Sept. 2023", "2023-09");
        check("--12-04", "--12-04");
    }

    #[test]
    fn refuses_what_it_would_have_to_guess() {
        for text in [
            "",
            "yesterday",
            "09/12/2023",
            "9.12.2023",
            "0000-00-00",
            "0000-01-01",
            "00000000",
            "1702108800",
            "1702108800000",
            "2023-13-01",
            "2023-02-30",
            "marching 2023",
            "Dec",
            "31 Feb 2023",
            "99999-01-01",
            "٢٠٢٣-١٢-٠٩",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
