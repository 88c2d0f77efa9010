//! The words of dates: a table of the language, looked up by lower-case form.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lang::en;

/// A unit of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The number of days that the unit lasts, about.
    pub fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Weekend => 2,
            Self::Week => 7,
            Self::Fortnight => 14,
            Self::Month => 30,
            Self::Quarter => 91,
            Self::Year => 365,
            Self::Decade => 3_652,
            Self::Century => 36_524,
        }
    }
}

/// What a word may mean in a date. A word may have several senses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sense {
    Month { number: u8, form: Form },
    Weekday { number: i8, form: Form },
    Number(u32),
    Tens(u32),
    Hundred(u32),
    Ordinal(u8),
    Decade(i16),
    Unit(Unit),
    Deictic(i32),
    DayPart,
    Which(i32),
    That(i32),
    Stage(u8),
    Edge(u8),
    Shift(i32),
    Back,
    Forth(i32),
    Season(u8),
    Vague,
    Joint,
    And,
    In,
    Of,
    The,
    A,
    Between,
    From,
    Hence,
    BeforeDate { strong: bool },
    Every,
    Half,
    NotYear,
    CountNoun,
    Fiscal,
    Will,
    Would,
    WillTo,
    Be,
    Said,
    Did,
    Moved,
    Clock,
    Label(u8),
    Stamp,
    Spanning,
}

/// How much a name of a month or day says alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// It is nothing else.
    Plain,
    /// It is a word or a given name, too ("May", "April").
    Word,
    /// It is short and counts beside a number only ("Jan", "Sun").
    Short,
}

/// A day of the year that has a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holiday {
    pub name: &'static str,
    pub month: u8,
    pub day: u8,
}

/// All words.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    senses: HashMap<&'static str, Vec<Sense>>,
    /// Longest names first.
    pub holidays: Vec<Holiday>,
}

/// No word of the table is longer than this many bytes.
const LONGEST_WORD: usize = 16;

impl Lexicon {
    /// Returns the words of English.
    pub fn english() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(en::DATES));
        &LEXICON
    }

    /// Reads a table. It is part of the program, so a bad one is a broken
    /// invariant.
    fn new(table: &'static str) -> Self {
        let mut lexicon = Self::default();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or("");
            let (class, value, forms) = (next(), next(), next());
            for form in forms.split('|') {
                if class == "holiday" {
                    let (month, day) = value.split_once('-').unwrap_or(("", ""));
                    let number = |s: &str| s.parse().unwrap_or_else(|e| panic!("{line}: {e}"));
                    let (month, day) = (number(month), number(day));
                    lexicon.holidays.push(Holiday { name: form, month, day });
                    continue;
                }
                let sense = sense(class, value)
                    .unwrap_or_else(|| panic!("the table of dates has a bad row `{line}`"));
                assert!(form.len() <= LONGEST_WORD, "`{form}` is too long for a word of dates");
                let senses = lexicon.senses.entry(form).or_default();
                if !senses.contains(&sense) {
                    senses.push(sense);
                }
            }
        }
        lexicon.holidays.sort_by_key(|h| std::cmp::Reverse(h.name.len()));
        lexicon
    }

    /// The senses of a word in any case; none for a word that is not in the
    /// table.
    pub fn senses(&self, word: &str) -> &[Sense] {
        if LONGEST_WORD < word.len() {
            return &[];
        }
        self.senses.get(word.to_lowercase().as_str()).map_or(&[], Vec::as_slice)
    }
}

fn sense(class: &str, value: &str) -> Option<Sense> {
    let small = || value.parse::<u8>().ok();
    let signed = || value.parse::<i32>().ok();
    let weekday = |form| Some(Sense::Weekday { number: value.parse().ok()?, form });
    let month = |form| Some(Sense::Month { number: value.parse().ok()?, form });
    match class {
        "month" => month(Form::Plain),
        "month-word" => month(Form::Word),
        "month-short" => month(Form::Short),
        "weekday" => weekday(Form::Plain),
        "weekday-short" => weekday(Form::Short),
        "number" => Some(Sense::Number(value.parse().ok()?)),
        "tens" => Some(Sense::Tens(value.parse().ok()?)),
        "hundred" => Some(Sense::Hundred(value.parse().ok()?)),
        "ordinal" => Some(Sense::Ordinal(small()?)),
        "decade" => Some(Sense::Decade(value.parse().ok()?)),
        "unit" => Some(Sense::Unit(match value {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        })),
        "deictic" => Some(Sense::Deictic(signed()?)),
        "daypart" => Some(Sense::DayPart),
        "which" => Some(Sense::Which(signed()?)),
        "that" => Some(Sense::That(signed()?)),
        "stage" => Some(Sense::Stage(small()?)),
        "edge" => Some(Sense::Edge(small()?)),
        "shift" => Some(Sense::Shift(signed()?)),
        "back" => Some(Sense::Back),
        "forth" => Some(Sense::Forth(signed()?)),
        "season" => Some(Sense::Season(small()?)),
        "vague" => Some(Sense::Vague),
        "joint" => Some(Sense::Joint),
        "and" => Some(Sense::And),
        "in" => Some(Sense::In),
        "of" => Some(Sense::Of),
        "the" => Some(Sense::The),
        "a" => Some(Sense::A),
        "between" => Some(Sense::Between),
        "from" => Some(Sense::From),
        "hence" => Some(Sense::Hence),
        "before-date" => Some(Sense::BeforeDate { strong: value == "1" }),
        "every" => Some(Sense::Every),
        "half" => Some(Sense::Half),
        "not-year" => Some(Sense::NotYear),
        "count-noun" => Some(Sense::CountNoun),
        "fiscal" => Some(Sense::Fiscal),
        "will" => Some(Sense::Will),
        "would" => Some(Sense::Would),
        "will-to" => Some(Sense::WillTo),
        "be" => Some(Sense::Be),
        "said" => Some(Sense::Said),
        "did" => Some(Sense::Did),
        "moved" => Some(Sense::Moved),
        "clock" => Some(Sense::Clock),
        "label" => Some(Sense::Label(small()?)),
        "spanning" => Some(Sense::Spanning),
        "stamp" => Some(Sense::Stamp),
        _ => None,
    }
}
