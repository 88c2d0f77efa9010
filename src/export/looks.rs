//! How things look in pictures: colors that color-blind people tell apart (Okabe
//! and Ito, *Color Universal Design*, 2008), shapes and lines.

use crate::claim::Factuality;
use crate::mention::Supertype;

/// How a node looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeLook {
    /// Graphviz's shape.
    pub(super) shape: &'static str,
    /// Graphviz's style.
    pub(super) style: &'static str,
    /// yEd's shape.
    pub(super) yed: &'static str,
    /// The color of its border.
    pub(super) line: &'static str,
    /// The color inside.
    pub(super) fill: &'static str,
}

/// How a class of things looks; what has none is an event.
pub(super) fn node_look(supertype: Option<Supertype>) -> NodeLook {
    let (shape, style, yed, line, fill) = match supertype {
        Some(Supertype::Person) => {
            ("box", "rounded,filled", "roundrectangle", "#0072B2", "#E3F0F8")
        }
        Some(Supertype::Organization) => ("box", "filled", "rectangle", "#D55E00", "#FCEBDF"),
        Some(Supertype::Place) => ("ellipse", "filled", "ellipse", "#009E73", "#DFF3EC"),
        Some(Supertype::Group) => {
            ("box", "rounded,filled,dashed", "roundrectangle", "#AA5585", "#F7E8F1")
        }
        Some(Supertype::Office) => ("note", "filled", "parallelogram", "#8A7A00", "#FBF8DC"),
        Some(Supertype::Thing) => ("note", "filled", "rectangle", "#666666", "#F0F0F0"),
        None => ("diamond", "filled", "diamond", "#333333", "#FFFFFF"),
    };
    NodeLook { shape, style, yed, line, fill }
}

/// How a line looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineLook {
    /// Graphviz's style.
    pub(super) style: &'static str,
    /// yEd's style.
    pub(super) yed: &'static str,
}

/// How a line of a factuality looks: what is planned is dashed, what is possible
/// dotted.
pub(super) fn line_look(factuality: Option<Factuality>) -> LineLook {
    match factuality {
        None | Some(Factuality::Happened | Factuality::Negated) => {
            LineLook { style: "solid", yed: "line" }
        }
        Some(Factuality::Planned) => LineLook { style: "dashed", yed: "dashed" },
        Some(Factuality::Possible) => LineLook { style: "dotted", yed: "dotted" },
    }
}

/// The colors of events by their CAMEO code, whose first two digits go from
/// goodwill to war: words and deeds of cooperation, words and deeds of conflict
/// (the four quads of GDELT and PLOVER).
const QUAD_COLORS: [(std::ops::RangeInclusive<u32>, &str); 4] =
    [(1..=5, "#0072B2"), (6..=8, "#009E73"), (9..=13, "#8A6D00"), (14..=20, "#D55E00")];

/// The color of an event with a CAMEO code.
pub(super) fn quad_color(code: &str) -> Option<&'static str> {
    let root: u32 = code.get(..2)?.parse().ok()?;
    QUAD_COLORS.iter().find(|(roots, _)| roots.contains(&root)).map(|(_, color)| *color)
}

/// The color of standing relations, and of what is denied.
pub(super) const GRAY: &str = "#8C8C8C";
