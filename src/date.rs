//! Dates as texts give them: a day, a month, a year, or a day of no known year.

use std::fmt;
use std::str::FromStr;

/// A date as precise as its source: `2024`, `2024-05`, `2024-05-17`, or
/// `--05-17` and `--05` where the year is not known (ISO 8601:2000, 5.2.1.3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartialDate {
    // Invariants: a day has a month; at least one of year and month is known;
    // month in 1..=12, day in 1..=31 and within its month (29 February needs a
    // leap year or no year).
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
}

/// The text is not a date of one of the forms of [`PartialDate`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2024, 2024-05, 2024-05-17 or --05-17")]
pub struct DateError(pub String);

impl PartialDate {
    /// Returns the date, or `None` if there is no such date.
    pub fn new(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let ok = match (year, month, day) {
            (None, None, _) | (_, None, Some(_)) => false,
            (_, Some(month), day) => {
                (1..=12).contains(&month)
                    && day.is_none_or(|day| (1..=days_in_month(year, month)).contains(&day))
            }
            (Some(_), None, None) => true,
        };
        (ok && year.is_none_or(|year| (0..=9999).contains(&year))).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Returns a whole day, or `None` if there is no such day.
    pub fn day_of(year: i16, month: u8, day: u8) -> Option<Self> {
        Self::new(Some(year), Some(month), Some(day))
    }

    /// The year, if known.
    pub fn year(self) -> Option<i16> {
        self.year
    }

    /// The month (1 to 12), if known.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month (1 to 31), if known.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// Whether year, month and day are all known.
    pub fn is_full(self) -> bool {
        self.year.is_some() && self.day.is_some()
    }

    /// The first day of the period that this date covers; `None` without a year.
    pub fn first_day(self) -> Option<Self> {
        Self::day_of(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day of the period that this date covers; `None` without a year.
    pub fn last_day(self) -> Option<Self> {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in_month(self.year, month));
        Self::day_of(self.year?, month, day)
    }
}

/// The number of days in a month; 29 for February of an unknown year.
fn days_in_month(year: Option<i16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => match year {
            Some(y) if y % 4 != 0 || (y % 100 == 0 && y % 400 != 0) => 28,
            _ => 29,
        },
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    /// Reads the forms that [`fmt::Display`] writes; a time behind `T` or a
    /// blank is passed over.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let date = text.trim().split(['T', ' ']).next().unwrap_or("");
        let (year, rest) = match date.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => match date.split_once('-') {
                Some((year, rest)) => (Some(year), Some(rest)),
                None => (Some(date), None),
            },
        };
        let number = |s: &str, digits: usize| -> Result<i16, DateError> {
            if s.len() != digits || !s.bytes().all(|b| b.is_ascii_digit()) {
                return Err(error());
            }
            s.parse().map_err(|_| error())
        };
        let year = year.map(|year| number(year, 4)).transpose()?;
        let (month, day) = match rest.map(|rest| rest.split_once('-').unwrap_or((rest, ""))) {
            None => (None, None),
            Some((month, day)) => (
                Some(number(month, 2)? as u8),
                if day.is_empty() { None } else { Some(number(day, 2)? as u8) },
            ),
        };
        Self::new(year, month, day).ok_or_else(error)
    }
}

/// A period between two dates, both included, each as precise as its source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// The first date, if it is known.
    pub from: Option<PartialDate>,
    /// The last date, if it is known.
    pub to: Option<PartialDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["2024", "2024-05", "2024-05-17", "--12-04", "--02-29", "0000-01-01"] {
            let date: PartialDate = text.parse().unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in
            ["", "24", "2024-13", "2023-02-29", "2024-5-1", "-5", "--", "2024-00-01", "２０２４"]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn covers_its_period() {
        let check = |text: &str, first: &str, last: &str| {
            let date: PartialDate = text.parse().unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(date.first_day().map(|d| d.to_string()).as_deref(), Some(first));
            assert_eq!(date.last_day().map(|d| d.to_string()).as_deref(), Some(last));
        };
        check("2023-12", "2023-12-01", "2023-12-31");
        check("2024", "2024-01-01", "2024-12-31");
        check("2024-02", "2024-02-01", "2024-02-29");
    }
}
