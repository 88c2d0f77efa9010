//! Which language a text is in.
//!
//! The script decides first, then letters that one language of a script has and
//! its neighbors have not, then English function words, and only then trigrams
//! (the whatlang crate, after Cavnar and Trenkle, "N-Gram-Based Text
//! Categorization", 1994), which need a few sentences to be sure.

use whatlang::{Lang, detect as detect_trigrams};

/// How much of a text is looked at, in characters.
const SAMPLE: usize = 4000;

/// Fewer words than this, names not counted, do not tell Latin-written languages
/// apart.
const FEW_WORDS: usize = 5;

/// Letters of Urdu, but not of Arabic or Persian. Some of them, such as heh
/// doachashmee and noon ghunna, stand in other languages of the subcontinent too.
const URDU: [char; 7] = ['ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ھ', 'ہ'];

/// Letters of other languages written in the script, which have some of the
/// letters above: Pashto, Sindhi, Kurdish, Uyghur.
const OTHER_ARABIC: [(&str, &[char]); 4] = [
    ("ps", &['ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ڼ', 'ې', 'ۍ', 'څ', 'ځ']),
    ("sd", &['ٻ', 'ڀ', 'ٺ', 'ٽ', 'ڦ', 'ڳ', 'ڱ', 'ڪ', 'ڏ', 'ڊ', 'ڄ', 'ڃ']),
    ("ckb", &['ێ', 'ۆ', 'ڕ', 'ڵ', 'ە']),
    ("ug", &['ۇ', 'ۈ', 'ۋ', 'ې', 'ە']),
];

/// Letters of Arabic that Persian and Urdu write otherwise.
const ARABIC: [char; 6] = ['ة', 'ي', 'ى', 'ك', 'إ', 'أ'];

/// Letters of Persian and Urdu that Arabic has not.
const PERSIAN: [char; 6] = ['پ', 'چ', 'ژ', 'گ', 'ک', 'ی'];

/// Words that make up about a fifth of English prose and hardly stand in other
/// languages of the script.
const ENGLISH: [&str; 30] = [
    "the", "and", "to", "that", "with", "from", "his", "her", "has", "have", "had", "said",
    "which", "their", "this", "were", "been", "by", "at", "will", "would", "who", "after", "he",
    "she", "they", "of", "for", "is", "on",
];

/// Returns the language of a text, a BCP 47 tag; `None` if it has no letters or
/// the language has no tag here.
///
/// A Latin-written text that is too short to tell is taken for English.
pub fn detect(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().filter(|c| !is_invisible(*c)).take(SAMPLE).collect();
    let (mut latin, mut arabic, mut other) = (0, 0, 0);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => latin += 1,
            '\u{600}'..='\u{6FF}'
            | '\u{750}'..='\u{77F}'
            | '\u{8A0}'..='\u{8FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => arabic += 1,
            _ => other += 1,
        }
    }
    if latin + arabic + other == 0 {
        None
    } else if arabic >= latin.max(other) {
        Some(arabic_script(&sample))
    } else if latin >= other {
        latin_script(&sample)
    } else {
        detect_trigrams(&sample).and_then(|info| tag(info.lang()))
    }
}

/// The part of a tag that names the language, in lower case ("en" of "en-US").
pub fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().trim().to_lowercase()
}

fn arabic_script(sample: &str) -> &'static str {
    let count = |letters: &[char]| sample.chars().filter(|c| letters.contains(c)).count();
    let urdu = count(&URDU);
    let (other, letters) = OTHER_ARABIC
        .into_iter()
        .rev()
        .map(|(language, letters)| (language, count(letters)))
        .max_by_key(|(_, letters)| *letters)
        .unwrap_or(("", 0));
    if letters > urdu {
        return other;
    }
    if urdu > 0 {
        return "ur";
    }
    if count(&PERSIAN) > count(&ARABIC) { "fa" } else { "ar" }
}

fn latin_script(sample: &str) -> Option<&'static str> {
    // A word that begins with a capital may be a name, which is of no language.
    let words: Vec<&str> = sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.starts_with(char::is_lowercase))
        .collect();
    let english = words.iter().filter(|word| ENGLISH.contains(word)).count();
    if english * 8 >= words.len() || words.len() < FEW_WORDS {
        return Some("en");
    }
    let Some(info) = detect_trigrams(sample) else { return Some("en") };
    if info.is_reliable() { tag(info.lang()) } else { Some("en") }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The BCP 47 tag of a language: the two letters of ISO 639-1 where it has
/// them.
fn tag(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        let check = |text: &str, want: Option<&str>| assert_eq!(detect(text), want, "{text}");
        check("", None);
        check("2023-12-09 … 48.77", None);
        check("Macron to visit Kigali", Some("en"));
        check("The minister said that he would travel to Oslo after the talks.", Some("en"));
        check(
            "Der Bundeskanzler reiste am Donnerstag nach Warschau und sprach dort mit dem \
             polnischen Ministerpräsidenten über die Lage an der Grenze.",
            Some("de"),
        );
        check(
            "El presidente viajó el jueves a Bogotá y se reunió con la ministra de Relaciones \
             Exteriores para hablar de la frontera común.",
            Some("es"),
        );
        check("وزیر خارجہ نے جمعرات کو اسلام آباد میں چینی سفیر سے ملاقات کی۔", Some("ur"));
        check("وزیر خارجه روز پنجشنبه در تهران با سفیر چین دیدار کرد", Some("fa"));
        check("التقى وزير الخارجية يوم الخميس السفير الصيني في القاهرة", Some("ar"));
        check(
            "د بهرنیو چارو وزیر نن په کابل کې د چین له سفیر سره وکتل او ښه خبرې یې وکړې",
            Some("ps"),
        );
        check("Министр встретился с послом Китая в Москве.", Some("ru"));
        // A right-to-left mark and zero-width joiners do not hide the script.
        check("\u{200F}وزیر\u{200C} نے کہا ہے\u{200E}", Some("ur"));
    }

    #[test]
    fn knows_the_language_of_a_tag() {
        for (tag, want) in
            [("en", "en"), ("en-US", "en"), ("EN_gb", "en"), ("ur-PK", "ur"), ("", "")]
        {
            assert_eq!(primary(tag), want);
        }
    }
}
