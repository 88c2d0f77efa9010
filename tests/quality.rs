//! How well names are compared, held against floors: the labelled pairs of
//! `tests/quality/` and what `floors.toml` beside them asks for.
#![cfg(test)]

use silsila::mention::Supertype;
use silsila::resolution::Judgement;
use silsila::resolve::compare;

const FLOORS: &str = include_str!("quality/floors.toml");

/// The floor of a grade in a table's section.
fn floor(table: &str, grade: &str) -> usize {
    let section = FLOORS.split_once(&format!("[{table}]")).expect("the table has floors").1;
    let section = section.split_once("\n[").map_or(section, |(own, _)| own);
    let value = section
        .lines()
        .find_map(|line| line.strip_prefix(grade)?.trim_start().strip_prefix('='))
        .and_then(|value| value.split('#').next());
    value.expect("the grade has a floor").trim().parse().expect("a floor is a number")
}

fn check(table: &str, rows: &str) {
    let (mut strong, mut right, mut wrong) = (0, [0, 0], Vec::new());
    for line in rows.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [class, a, b, same, grade, what] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a row has six columns: {line}");
        };
        let class = Supertype::from_name(class).expect("a class");
        let comparison = compare(a, b, class);
        let is_right = (comparison.judgement == Judgement::Same) == (same == "1");
        match grade {
            "STRONG" => strong += 1,
            "MEDIUM" => right[0] += usize::from(is_right),
            "WEAK" => right[1] += usize::from(is_right),
            _ => panic!("a grade is STRONG, MEDIUM or WEAK: {line}"),
        }
        if !is_right {
            wrong.push((grade, format!("{what}: {a} | {b} ({})", comparison.score)));
        }
    }
    assert!(strong > 0, "{table}: no STRONG row");
    let failed: Vec<_> = wrong.iter().filter(|(grade, _)| *grade == "STRONG").collect();
    assert!(failed.is_empty(), "{table}: STRONG rows are wrong: {failed:#?}");
    for (grade, right) in [("medium", right[0]), ("weak", right[1])] {
        let floor = floor(table, grade);
        assert!(right >= floor, "{table}: {right} {grade} rows are right, not {floor}: {wrong:#?}");
    }
}

#[test]
fn names_are_compared_as_people_would() {
    check("names_en", include_str!("quality/names_en.tsv"));
}
