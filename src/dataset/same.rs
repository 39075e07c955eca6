use super::dictionary::Dictionary;
use super::strings::{ABSENT, Strings, TextId};
use super::tables::{AuthEntry, Code};
use crate::fold::{fold, is_small};

/// Which raw results are the same signature or check: those that differ in nothing but letter case or an explanation. Kept up
/// to date, as there may be nearly as many results as rows.
#[derive(Debug, Default)]
pub struct Same {
    /// For each result the number of the first that is the same.
    firsts: Vec<u32>,
    /// Results that have an explanation or capitals, without those; and the first of each.
    odd: Dictionary<AuthEntry>,
    first_odd: Vec<u32>,
}

impl Same {
    /// The number of the first result that is the same as this one.
    #[must_use]
    pub fn first(&self, id: u32) -> Option<u32> {
        self.firsts.get(id as usize).copied()
    }

    /// Takes in new results.
    pub(super) fn extend(&mut self, results: &Dictionary<AuthEntry>, strings: &mut Strings) {
        for (id, result) in (0..).zip(results.items()).skip(self.firsts.len()) {
            let plain = plain(result, strings);
            let first = if plain == *result {
                let odd = if self.odd.is_empty() { None } else { self.odd.find(&plain) };
                odd.and_then(|odd| self.first_odd.get(odd as usize).copied()).unwrap_or(id)
            } else {
                let known = results.find(&plain).filter(|known| *known < id).and_then(|known| self.first(known));
                let place = self.odd.intern(plain) as usize;
                if place >= self.first_odd.len() {
                    self.first_odd.push(known.unwrap_or(id));
                }
                self.first_odd.get(place).copied().unwrap_or(id)
            };
            self.firsts.push(first);
        }
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.firsts.capacity() + self.first_odd.capacity()) * 4 + self.odd.bytes()
    }
}

/// A result with nothing but domain, selector or scope, and result, in small letters.
fn plain(result: &AuthEntry, strings: &mut Strings) -> AuthEntry {
    let mut small = |id: TextId| match strings.get(id) {
        Some(text) if !is_small(text) => {
            let folded = fold(text).into_owned();
            strings.intern(&folded)
        }
        _ => id,
    };
    let mut code = |code: Code| code.other().map_or(code, |id| Code::of_text(small(id)));
    let (scope, word) = (code(result.scope), code(result.result));
    let (domain, selector) = (small(result.domain), small(result.selector));
    AuthEntry { domain, selector, scope, result: word, human_result: ABSENT, lang: ABSENT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stands_for_all_that_are_the_same() {
        let (mut strings, mut results, mut same) = (Strings::default(), Dictionary::default(), Same::default());
        let mut ids = |selectors: &[(&str, Option<&str>)]| {
            for (selector, human_result) in selectors {
                let (selector, human_result) = (strings.intern(selector), strings.intern_option(*human_result));
                let (scope, result) = (Code::default(), Code::default());
                results.intern(AuthEntry { domain: ABSENT, selector, scope, result, human_result, lang: ABSENT });
            }
            same.extend(&results, &mut strings);
            (0..results.len()).map(|id| same.first(id as u32).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&[("S1", None), ("s2", None), ("s2", Some("why")), ("s1", Some("why"))]), [0, 1, 1, 0]);
        assert_eq!(ids(&[("s1", None), ("S2", None), ("s3", Some("a")), ("s3", Some("b"))]), [0, 1, 1, 0, 0, 1, 6, 6]);
        assert_eq!(ids(&[("s3", None)]), [0, 1, 1, 0, 0, 1, 6, 6, 6]);
    }
}
