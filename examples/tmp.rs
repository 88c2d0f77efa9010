//! tmp
use silsila::annotate::Annotator;
use silsila::document::*;
use silsila::ontology::Ontology;
use std::io::BufRead;
fn main() {
    let o = Ontology::builtin();
    let a = Annotator::english();
    let texts: Vec<String> = if std::env::args().len() > 1 { std::env::args().skip(1).map(|p| std::fs::read_to_string(p).unwrap()).collect() } else { std::io::stdin().lock().lines().map(|l| l.unwrap()).collect() };
    for text in texts {
        let (x, _) = a.annotate(Document {
            id: DocumentId("x".into()),
            text,
            published: "2023-12-09".parse().ok(),
            language: Some("en".into()),
            source: Source::default(),
        });
        for (i, t) in x.tokens.iter().enumerate() {
            print!(
                "{}{}/{}/{}/{}>{} ",
                if t.starts_sentence && i > 0 { "\n" } else { "" },
                x.text(t.span),
                t.tag,
                t.lemma,
                t.deprel,
                x.text(x.tokens[t.head.index()].span)
            );
        }
        println!();
        for m in &x.mentions {
            println!(
                "  M {} {:?} {} {:?} -> {}",
                x.text(m.span),
                m.supertype,
                m.class,
                m.kind,
                x.referent(m.referent).name
            );
        }
        for r in &x.referents {
            for o in &r.offices {
                println!(
                    "  OFF {} : {} of {:?}",
                    r.name,
                    o.title,
                    o.of.map(|m| x.text(x.mention(m).span))
                );
            }
        }
        for d in &x.dates {
            println!("  D {:?} {:?}", x.text(d.span), d);
        }
        for c in silsila::extract::extract(&o, &x).0 {
            println!(
                "  C {} [{}] {} -- {:?} {:?} place={:?} amount={:?} attr={:?} [{}] {}",
                x.text(x.mention(c.subject).span),
                c.relation,
                x.text(x.mention(c.object).span),
                c.factuality,
                c.when.map(|w| (w.from.map(|d| d.to_string()), w.to.map(|d| d.to_string()))),
                c.place.map(|m| x.text(x.mention(m).span)),
                c.amount.map(|a| a.value),
                c.attribution,
                c.pattern,
                c.confidence
            );
        }
    }
}
