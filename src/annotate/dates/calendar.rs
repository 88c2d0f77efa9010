//! Expressions placed on the calendar.

use jiff::ToSpan;
use jiff::civil::Date;

use super::grammar::{CalendarDate, Expression, Year};
use super::lexicon::Unit;
use crate::date::{Interval, PartialDate};

/// Where the sentence around an expression points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tense {
    Past,
    Future,
    /// "would", "may": ahead of something, which need not be today.
    Prospect,
    /// The nearest verb only reports: the date may belong to it or to what it
    /// reports.
    Reported,
    Unknown,
}

/// What an expression counts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The date of the article.
    pub anchor: Option<PartialDate>,
    /// The last date that the text gave.
    pub last: Option<Interval>,
    /// The past year that the paragraph speaks of, if it gave one.
    pub year: Option<i16>,
    /// Where the sentence points.
    pub tense: Tense,
}

/// A period that nothing is known of.
pub(super) const OPEN: Interval = Interval { from: None, to: None };

impl Frame {
    /// Places an expression.
    pub fn place(&self, expression: &Expression) -> Interval {
        self.try_place(expression).unwrap_or(OPEN)
    }

    fn try_place(&self, expression: &Expression) -> Option<Interval> {
        match *expression {
            Expression::Date(date) => self.date(date).map(single),
            Expression::Range(first, last) => self.range(first, last),
            Expression::Years(first, last) => Some(Interval { from: year(first), to: year(last) }),
            Expression::Weekday { weekday, which } => self.weekday(weekday, which).map(on),
            Expression::WeekdayFromLast { weekday, sign } => {
                let last = self.last.and_then(|last| last.from?.to_civil()).or(self.today())?;
                let days = if sign < 0 {
                    -i64::from((weekday_of(last) - weekday - 1).rem_euclid(7) + 1)
                } else {
                    i64::from((weekday - weekday_of(last) - 1).rem_euclid(7) + 1)
                };
                shift(last, Unit::Day, days).map(on)
            }
            Expression::Weekdays(first, last) => {
                let first_day = self.weekday(first, None)?;
                let days = i64::from((last - first).rem_euclid(7));
                // A range that is over ends at today's weekday or before it.
                let back = match self.tense {
                    Tense::Future | Tense::Prospect => 0,
                    _ if self.today()? < shift(first_day, Unit::Day, days)? => 7,
                    _ => 0,
                };
                let is_current = last == weekday_of(self.today()?);
                let first_day =
                    if is_current { first_day } else { shift(first_day, Unit::Day, -back)? };
                Some(between(first_day, shift(first_day, Unit::Day, days)?))
            }
            Expression::Day(days) => shift(self.today()?, Unit::Day, days.into()).map(on),
            Expression::Current { unit, offset } => self.current(unit, offset),
            Expression::WhichMonth { month, which } => self.which_month(month, which).map(single),
            Expression::Season { season, year } => {
                let year = match year {
                    Some(Year::Number(year)) => year,
                    Some(Year::Current(0)) | None => self.anchor?.year()?,
                    Some(Year::Current(which)) => self.season_year(season, which)?,
                    Some(year) => self.year(year)?,
                };
                let first = month(year, season.into())?;
                let last = month(year, i32::from(season) + 2)?;
                Some(Interval { from: Some(first), to: Some(last) })
            }
            Expression::Away { unit, count, sign } => self.away(unit, count, sign),
            Expression::FromLast { unit, count, sign } => self.count_from_last(unit, count, sign),
            Expression::Period { unit, count, sign } => self.period(unit, count, sign),
            Expression::Fraction { number, of, year } => {
                let months = 12 / i32::from(of);
                let start = (i32::from(number) - 1) * months + 1;
                let year = match year {
                    Some(year) => self.year(year)?,
                    None => self.fraction_year(start, months)?,
                };
                Some(Interval { from: month(year, start), to: month(year, start + months - 1) })
            }
            Expression::Stage(stage, ref inner) => {
                let period = self.try_place(inner)?;
                Some(third(period, stage).unwrap_or(period))
            }
            Expression::Shift(sign, ref inner) => {
                let period = self.try_place(inner)?;
                let today = PartialDate::from_civil(self.today()?);
                Some(if sign < 0 {
                    Interval { from: period.from.and_then(PartialDate::first_day), to: Some(today) }
                } else {
                    Interval { from: Some(today), to: period.to.and_then(PartialDate::last_day) }
                })
            }
            Expression::Duration(_) => None,
        }
    }

    /// The day of the article, if it is known to the day.
    fn today(&self) -> Option<Date> {
        self.anchor?.to_civil()
    }

    /// A day in the period that the article dates from, to measure distances.
    fn about_today(&self) -> Option<Date> {
        let anchor = self.anchor?;
        let date = PartialDate::day_of(anchor.year()?, anchor.month()?, anchor.day().unwrap_or(15));
        date?.to_civil()
    }

    fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Number(year) => Some(year),
            Year::Current(offset) => Some(self.anchor?.year()? + offset as i16),
            Year::Last(offset) => Some(self.last?.from?.year()? + offset as i16),
        }
    }

    /// A date of the calendar, its year inferred if the text gives none.
    fn date(&self, date: CalendarDate) -> Option<PartialDate> {
        if let Some(given) = date.year {
            return PartialDate::new(Some(self.year(given)?), date.month, date.day);
        }
        let inferred = self.infer_year(date);
        PartialDate::new(inferred, date.month, date.day)
    }

    /// The year that puts a date nearest to the article, on the side that the
    /// sentence points to; of two, one that fits the weekday.
    fn infer_year(&self, date: CalendarDate) -> Option<i16> {
        // "In 2019 he resigned. On March 5 he left.": in prose about the past
        // the year stays.
        if let (Some(year), Tense::Past) = (self.year, self.tense) {
            return Some(year);
        }
        let today = self.about_today()?;
        let this_month = (today.year(), today.month() as u8);
        let mut best: Option<(i64, i16)> = None;
        for year in [today.year(), today.year() - 1, today.year() + 1] {
            let Some(given) = PartialDate::new(Some(year), date.month, date.day) else { continue };
            let middle = PartialDate::day_of(year, given.month()?, date.day.unwrap_or(15))?;
            let middle = middle.to_civil()?;
            // A date that does not fall on the day named counts as half a year
            // away: newspapers rarely err in it.
            let misfit = match (date.weekday, date.day) {
                (Some(weekday), Some(_)) if weekday_of(middle) != weekday => 200,
                _ => 0,
            };
            let days = days_between(today, middle);
            let is_current = date.day.is_none() && (year, given.month()?) == this_month;
            // A date that the sentence does not point to counts as far away.
            let away = match self.tense {
                _ if is_current => 0,
                Tense::Past if days > 0 => days * 4 + 200,
                Tense::Future if days < 0 => -days * 4 + 60,
                Tense::Unknown | Tense::Reported | Tense::Prospect if days > 0 => days * 5 / 4,
                _ => days.abs(),
            };
            let away = away + misfit;
            if best.is_none_or(|(least, _)| away < least) {
                best = Some((away, year));
            }
        }
        best.map(|(_, year)| year)
    }

    fn range(&self, first: CalendarDate, last: CalendarDate) -> Option<Interval> {
        let first_year = first.year.map(|y| self.year(y));
        let last_year = last.year.map(|y| self.year(y));
        let wraps = (last.month, last.day) < (first.month, first.day);
        let (from, to) = match (first_year, last_year) {
            (Some(from), Some(to)) => (from?, to?),
            (Some(from), None) => (from?, from? + i16::from(wraps)),
            (None, Some(to)) => (to? - i16::from(wraps), to?),
            (None, None) => {
                let Some(from) = self.infer_year(first) else {
                    return Some(Interval {
                        from: PartialDate::new(None, first.month, first.day),
                        to: PartialDate::new(None, last.month, last.day),
                    });
                };
                (from, from + i16::from(wraps))
            }
        };
        let from = PartialDate::new(Some(from), first.month, first.day)?;
        let to = PartialDate::new(Some(to), last.month, last.day)?;
        (from <= to).then_some(Interval { from: Some(from), to: Some(to) })
    }

    /// A day of the week. The news names the last one, the day itself
    /// included, and the next one where a sentence speaks of the future.
    fn weekday(&self, weekday: i8, which: Option<i32>) -> Option<Date> {
        let today = self.today()?;
        let monday = shift(today, Unit::Day, -i64::from(weekday_of(today) - 1))?;
        let in_week = |weeks: i64| shift(monday, Unit::Day, weeks * 7 + i64::from(weekday) - 1);
        match which {
            Some(-1) => {
                // "last Friday" on a Monday, and "last Thursday" on a Friday of
                // the same week, are both the last week's.
                let day = in_week(-1)?;
                Some(day)
            }
            Some(1) => {
                let day = in_week(1)?;
                Some(day)
            }
            Some(_) => in_week(0),
            None => {
                let back = i64::from((weekday_of(today) - weekday).rem_euclid(7));
                match self.tense {
                    Tense::Future | Tense::Prospect => {
                        let ahead = i64::from((weekday - weekday_of(today)).rem_euclid(7));
                        shift(today, Unit::Day, ahead)
                    }
                    _ => shift(today, Unit::Day, -back),
                }
            }
        }
    }

    /// "this week", "last month", "next year".
    fn current(&self, unit: Unit, offset: i32) -> Option<Interval> {
        let anchor = self.anchor?;
        match unit {
            Unit::Year => year(anchor.year()? + offset as i16).map(single),
            Unit::Month => month(anchor.year()?, i32::from(anchor.month()?) + offset).map(single),
            Unit::Quarter => {
                let quarter = (i32::from(anchor.month()?) - 1) / 3 + offset;
                Some(Interval {
                    from: month(anchor.year()?, quarter * 3 + 1),
                    to: month(anchor.year()?, quarter * 3 + 3),
                })
            }
            Unit::Decade => {
                let first = anchor.year()?.div_euclid(10) * 10 + offset as i16 * 10;
                Some(Interval { from: year(first), to: year(first + 9) })
            }
            Unit::Century => {
                let first = anchor.year()?.div_euclid(100) * 100 + offset as i16 * 100;
                Some(Interval { from: year(first), to: year(first + 99) })
            }
            Unit::Day => shift(self.today()?, Unit::Day, offset.into()).map(on),
            Unit::Week | Unit::Fortnight => {
                let today = self.today()?;
                let monday = shift(today, Unit::Day, -i64::from(weekday_of(today) - 1))?;
                let monday = shift(monday, unit, offset.into())?;
                Some(between(monday, shift(monday, Unit::Day, 6)?))
            }
            Unit::Weekend => {
                let today = self.today()?;
                let monday = shift(today, Unit::Day, -i64::from(weekday_of(today) - 1))?;
                let offset = match (offset, self.tense) {
                    // "this weekend" on a Monday is the one before, unless it
                    // is to come.
                    (0, Tense::Past) if weekday_of(today) < 5 => -1,
                    (offset, _) => offset,
                };
                let saturday = shift(monday, Unit::Day, i64::from(offset) * 7 + 5)?;
                Some(between(saturday, shift(saturday, Unit::Day, 1)?))
            }
        }
    }

    /// "last May", "next June".
    fn which_month(&self, number: u8, which: i32) -> Option<PartialDate> {
        let anchor = self.anchor?;
        let (this_year, this_month) = (anchor.year()?, anchor.month()?);
        let year = match which {
            // The month that is just over is "last month", so "last May" in
            // June is a year back.
            -1 if number + 1 < this_month => this_year,
            -1 => this_year - 1,
            1 if number > this_month => this_year,
            1 => this_year + 1,
            _ => this_year,
        };
        month(year, number.into())
    }

    fn season_year(&self, season: u8, which: i32) -> Option<i16> {
        let anchor = self.anchor?;
        let (year, this_month) = (anchor.year()?, anchor.month()?);
        let is_over = i32::from(season) + 2 < i32::from(this_month);
        let is_ahead = i32::from(this_month) < i32::from(season);
        Some(match which {
            -1 if !is_over => year - 1,
            1 if !is_ahead => year + 1,
            _ => year,
        })
    }

    /// The year of "the third quarter": the last one that has begun, unless
    /// the sentence speaks of the future.
    fn fraction_year(&self, start: i32, months: i32) -> Option<i16> {
        let anchor = self.anchor?;
        let (year, this_month) = (anchor.year()?, i32::from(anchor.month()?));
        Some(match self.tense {
            // Of a quarter that is just over the results are to come.
            Tense::Future if start + months + 6 <= this_month => year + 1,
            Tense::Future => year,
            _ if this_month < start => year - 1,
            _ => year,
        })
    }

    /// "two days ago", "two weeks from now": as precise as the unit.
    fn away(&self, unit: Unit, count: Option<u32>, sign: i32) -> Option<Interval> {
        let Some(count) = count else {
            let today = Some(PartialDate::from_civil(self.today()?));
            return Some(if sign < 0 {
                Interval { from: None, to: today }
            } else {
                Interval { from: today, to: None }
            });
        };
        self.step(single(self.anchor?), unit, i64::from(count) * i64::from(sign))
    }

    /// "a day earlier", "the next month", "that year".
    fn count_from_last(&self, unit: Unit, count: Option<u32>, sign: i32) -> Option<Interval> {
        let steps = i64::from(count?) * i64::from(sign);
        if let Some(placed) = self.last.and_then(|last| self.step(last, unit, steps)) {
            return Some(placed);
        }
        // Without a date to count from, the past and longer steps are counted
        // from today; "the next day" belongs to a story.
        let from_today = sign < 0 || unit != Unit::Day;
        if from_today { self.step(single(self.anchor?), unit, steps) } else { None }
    }

    /// A date moved by units; it becomes as precise as the unit.
    fn step(&self, from: Interval, unit: Unit, steps: i64) -> Option<Interval> {
        let start = from.from?;
        match unit {
            Unit::Day => {
                // "the next day" follows the last day of a period.
                let day = if steps > 0 { from.to? } else { start };
                shift(day.to_civil()?, Unit::Day, steps).map(on)
            }
            Unit::Week | Unit::Fortnight => {
                let day = start.to_civil()?;
                let day = shift(day, unit, steps)?;
                if steps.abs() <= 1 && self.anchor != Some(start) {
                    let monday = shift(day, Unit::Day, -i64::from(weekday_of(day) - 1))?;
                    return Some(between(monday, shift(monday, Unit::Day, 6)?));
                }
                // Some three days around it.
                Some(between(shift(day, Unit::Day, -3)?, shift(day, Unit::Day, 3)?))
            }
            Unit::Weekend => None,
            Unit::Month => {
                month(start.year()?, i32::from(start.month()?) + steps as i32).map(single)
            }
            Unit::Quarter => {
                let first = i32::from(start.month()?) + 3 * steps as i32;
                let year = start.year()?;
                let quarter = (first - 1).div_euclid(3) * 3 + 1;
                Some(Interval { from: month(year, quarter), to: month(year, quarter + 2) })
            }
            Unit::Year => year_from(start.year()?, steps).map(single),
            Unit::Decade => year_from(start.year()?, steps * 10).map(single),
            Unit::Century => year_from(start.year()?, steps * 100).map(single),
        }
    }

    /// "the past 20 years": from then to now, the far end as precise as the
    /// unit.
    fn period(&self, unit: Unit, count: Option<u32>, sign: i32) -> Option<Interval> {
        let anchor = self.anchor?;
        let far = match count {
            None => None,
            Some(count) => {
                let steps = i64::from(count) * i64::from(sign);
                match unit {
                    Unit::Week | Unit::Fortnight => {
                        shift(self.today()?, unit, steps).map(PartialDate::from_civil)
                    }
                    _ => self.step(single(anchor), unit, steps)?.from,
                }
            }
        };
        let near = Some(anchor);
        Some(if sign < 0 {
            Interval { from: far, to: near }
        } else {
            Interval { from: near, to: far }
        })
    }
}

impl PartialDate {
    fn from_civil(date: Date) -> Self {
        // A civil date is a day that exists; years outside 0..=9999 end there.
        let year = date.year().clamp(0, 9999);
        Self::day_of(year, date.month() as u8, date.day() as u8)
            .or_else(|| Self::new(Some(year), None, None))
            .unwrap_or_else(|| unreachable!("a year between 0 and 9999 is a date"))
    }

    fn to_civil(self) -> Option<Date> {
        let (month, day) = (self.month()?, self.day()?);
        Date::new(self.year()?, month.cast_signed(), day.cast_signed()).ok()
    }
}

/// A third of a period: 1 its beginning, 2 its middle, 3 its end.
fn third(period: Interval, stage: u8) -> Option<Interval> {
    let (from, to) = (period.from?, period.to?);
    if from == to {
        let (year, stage) = (from.year(), stage.clamp(1, 3));
        return match (from.month(), from.day()) {
            (Some(month), None) => {
                let [first, last] = [[1, 10], [11, 20], [21, 31]][usize::from(stage) - 1];
                let last = if last == 31 {
                    from.last_day().and_then(PartialDate::day).unwrap_or(28)
                } else {
                    last
                };
                Some(Interval {
                    from: PartialDate::new(year, Some(month), Some(first)),
                    to: PartialDate::new(year, Some(month), Some(last)),
                })
            }
            (None, None) => Some(Interval {
                from: PartialDate::new(year, Some(stage * 4 - 3), None),
                to: PartialDate::new(year, Some(stage * 4), None),
            }),
            _ => None,
        };
    }
    let years = to.year()? - from.year()?;
    if from.month().is_none() && 0 < years {
        // "early 1990s": 1990 to 1993, 1994 to 1996, 1997 to 1999.
        let length = years + 1;
        let third = |n: i16| from.year().map(|first| first + (length * n + 2) / 3);
        let first = third(i16::from(stage) - 1)?;
        let last = third(i16::from(stage))? - 1;
        return Some(Interval { from: year(first), to: year(last) });
    }
    let (first, last) = (from.first_day()?.to_civil()?, to.last_day()?.to_civil()?);
    let days = days_between(first, last) + 1;
    let third = |n: i64| shift(first, Unit::Day, (days * n + 1) / 3);
    let start = third(i64::from(stage) - 1)?;
    let end = shift(third(i64::from(stage))?, Unit::Day, -1)?;
    (start <= end).then(|| between(start, end.min(last)))
}

fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// A day moved by a number of units.
fn shift(date: Date, unit: Unit, steps: i64) -> Option<Date> {
    let days = match unit {
        Unit::Day => steps,
        Unit::Week => steps.checked_mul(7)?,
        Unit::Fortnight => steps.checked_mul(14)?,
        _ => return None,
    };
    if days.abs() > 4_000_000 {
        return None;
    }
    let moved = date.checked_add(days.days()).ok()?;
    (0..=9999).contains(&moved.year()).then_some(moved)
}

/// A month, counted on over the ends of the year.
fn month(year: i16, month: i32) -> Option<PartialDate> {
    let years = i16::try_from((month - 1).div_euclid(12)).ok()?;
    let month = (month - 1).rem_euclid(12) as u8 + 1;
    PartialDate::new(Some(year.checked_add(years)?), Some(month), None)
}

fn year(year: i16) -> Option<PartialDate> {
    PartialDate::new(Some(year), None, None)
}

fn year_from(start: i16, steps: i64) -> Option<PartialDate> {
    year(i16::try_from(i64::from(start) + steps).ok()?)
}

fn single(date: PartialDate) -> Interval {
    Interval { from: Some(date), to: Some(date) }
}

fn on(date: Date) -> Interval {
    single(PartialDate::from_civil(date))
}

fn between(from: Date, to: Date) -> Interval {
    Interval { from: Some(PartialDate::from_civil(from)), to: Some(PartialDate::from_civil(to)) }
}
