use crate::dataset::{ABSENT, Code, Strings, TextId};
use crate::fold::fold;

/// The distinct texts of a dimension, letter case aside, by number; nought is "not stated".
#[derive(Debug, Default)]
pub struct Texts {
    /// The numbers of texts of the dataset, [`UNKNOWN`] until one is asked for.
    of: Vec<u32>,
    /// Each text in small letters. Its number is one more than its place.
    folded: Strings,
    /// The spelling of each text that is shown, or [`ABSENT`] where that is the one in small letters.
    shown: Vec<TextId>,
}

const UNKNOWN: u32 = u32::MAX;

impl Texts {
    /// For some of these.
    #[must_use]
    pub fn of(strings: &Strings) -> Self {
        Self { of: vec![UNKNOWN; strings.len()], ..Self::default() }
    }

    /// Takes in texts that have come since.
    pub fn extend(&mut self, strings: &Strings) {
        self.of.resize(strings.len(), UNKNOWN);
    }

    /// How many numbers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.folded.len().saturating_add(1)
    }

    /// The number of a text of the dataset.
    pub fn number(&mut self, id: TextId, strings: &Strings) -> u32 {
        if let Some(number) = self.known(id) {
            return number;
        }
        let Some(text) = strings.get(id) else { return 0 };
        let folded = fold(text);
        let number = self.add(&folded, if *folded == *text { ABSENT } else { id }, strings);
        if let Some(known) = self.of.get_mut(id as usize) {
            *known = number;
        }
        number
    }

    /// The number of a text of the dataset that was asked for before.
    #[must_use]
    pub fn known(&self, id: TextId) -> Option<u32> {
        self.of.get(id as usize).copied().filter(|number| *number != UNKNOWN)
    }

    /// The number of a word in small letters.
    pub fn word(&mut self, word: &str, strings: &Strings) -> u32 {
        self.add(word, ABSENT, strings)
    }

    /// The number of a keyword.
    pub fn code(&mut self, code: Code, word: fn(Code) -> Option<&'static str>, strings: &Strings) -> u32 {
        match (code.other(), word(code)) {
            (Some(id), _) => self.number(id, strings),
            (None, Some(word)) => self.word(word, strings),
            (None, None) => 0,
        }
    }

    fn add(&mut self, folded: &str, spelling: TextId, strings: &Strings) -> u32 {
        let place = self.folded.intern(folded);
        match self.shown.get_mut(place as usize) {
            None => self.shown.push(spelling),
            Some(shown) if *shown == ABSENT => {}
            Some(shown) if spelling == ABSENT || strings.get(spelling) > strings.get(*shown) => *shown = spelling,
            Some(_) => {}
        }
        // Past all memory there are no new numbers: what is new counts as not stated.
        place.wrapping_add(1)
    }

    /// A text in small letters.
    #[must_use]
    pub fn folded(&self, number: u32) -> Option<&str> {
        self.folded.get(number.checked_sub(1)?)
    }

    /// A text as it is shown.
    #[must_use]
    pub fn shown<'a>(&'a self, number: u32, strings: &'a Strings) -> Option<&'a str> {
        let place = number.checked_sub(1)?;
        match self.shown.get(place as usize) {
            Some(id) if *id != ABSENT => strings.get(*id),
            _ => self.folded.get(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_one_text_whatever_comes_first() {
        let mut strings = Strings::default();
        let all = ["Google", "GOOGLE", "google", "Yahoo", "YAHOO", ""].map(|text| strings.intern(text));
        for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [1, 4, 0, 3, 2, 5]] {
            let mut texts = Texts::of(&strings);
            assert_eq!(texts.number(ABSENT, &strings), 0);
            order.iter().for_each(|place| assert_ne!(texts.number(all[*place], &strings), 0));
            let mut shown = |place: usize| texts.number(all[place], &strings);
            let numbers = [shown(0), shown(3), shown(5)];
            assert_eq!(texts.len(), 4);
            let shown = numbers.map(|number| texts.shown(number, &strings));
            assert_eq!(shown, [Some("google"), Some("Yahoo"), Some("")]);
            assert_eq!(numbers.map(|number| texts.folded(number)), [Some("google"), Some("yahoo"), Some("")]);
        }
    }
}
