use dmarcscope::analysis::{Answer, Ask, Dimension, Key};
use dmarcscope::networks::Known;
use dmarcscope::report::Figures;
use dmarcscope::text::Value;

use crate::asked::biggest;
use crate::names::name;
use crate::ui::Ui;

/// Values of each that are told.
const MOST: u32 = 12;
/// What an abuse contact is told of a source, and the keys of the lines.
const TOLD: [(Dimension, &str); 4] = [
    (Dimension::Outcome, "abuse-outcomes"),
    (Dimension::HeaderFrom, "abuse-from"),
    (Dimension::EnvelopeFrom, "abuse-envelope"),
    (Dimension::Reporter, "abuse-reporters"),
];

/// The questions behind the text.
pub fn asks() -> Vec<Ask> {
    std::iter::once(Ask::Totals).chain(TOLD.map(|(by, _)| biggest(by, MOST))).collect()
}

/// The facts of a source as a text: the address, when, how many, what became of them. No recipients: they are nobody's business
/// but the reporters'.
pub fn text(words: &Ui, address: &str, known: &Known, answers: &[Answer]) -> String {
    let mut lines = Vec::new();
    let mut line = |key: &'static str, text: String| {
        if !text.is_empty() {
            lines.push(words.say_with(key, &[("text", Value::Text(&text))]));
        }
    };
    line("abuse-address", address.to_owned());
    if let Some(looked) = &known.looked {
        let own = &looked.holding;
        line("abuse-range", format!("{} – {}", own.first, own.last));
        line("abuse-holder", own.holder.as_ref().and_then(|party| party.name.clone()).unwrap_or_default());
        line("abuse-to", own.abuse.as_ref().map(|party| party.mails.join(", ")).unwrap_or_default());
    }
    let figures = |figures: &Figures| words.locale().number(figures.messages());
    if let Some(Answer::Totals(totals)) = answers.first() {
        if let (Some(first), Some(last)) = (totals.first, totals.last) {
            line("abuse-days", words.locale().days(first, last));
        }
        line("abuse-messages", figures(&totals.figures));
    }
    for ((by, key), answer) in TOLD.into_iter().zip(answers.iter().skip(1)) {
        let Answer::Groups(groups) = answer else { continue };
        let stated = groups.rows.iter().filter(|group| group.key != Key::Absent);
        let said: Vec<String> =
            stated.map(|group| format!("{} ({})", name(words, by, &group.key), figures(&group.figures))).collect();
        line(key, said.join("; "));
    }
    lines.push(words.say("abuse-source"));
    lines.join("\n") + "\n"
}
