//! The closed word lists of aggregate reports, read leniently: an unknown word is kept as it stands.

use serde::{Deserialize, Serialize};

/// A field that should hold one of a few words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Keyword<T> {
    /// The element is not there.
    #[default]
    Absent,
    /// The element is there and holds nothing but blanks.
    Empty,
    /// One of the standard's words, blanks and letter case aside.
    Known(T),
    /// Any other word, trimmed, as written.
    Other(Box<str>),
}

impl<T: Word> Keyword<T> {
    /// Reads a word; blanks around it and letter case do not matter.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let word = text.trim();
        if word.is_empty() {
            return Self::Empty;
        }
        T::from_word(word).map_or_else(|| Self::Other(word.into()), Self::Known)
    }

    /// The standard's word, where the field holds one.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(word) => Some(*word),
            _ => None,
        }
    }

    /// Whether the field says anything at all.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        matches!(self, Self::Known(_) | Self::Other(_))
    }

    /// The word as shown: the standard's spelling, or the unknown word itself; empty where nothing is stated.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Known(word) => word.word(),
            Self::Other(word) => word,
            Self::Absent | Self::Empty => "",
        }
    }
}

/// A closed list of words.
pub trait Word: Copy + Sized + 'static {
    /// Every word of the list.
    const ALL: &'static [Self];
    /// Spellings that are in no standard of today and whose meaning is plain.
    const OLDER: &'static [(&'static str, Self)];
    /// The standard's spelling.
    fn word(self) -> &'static str;
    /// The word that `text` spells, ignoring ASCII case.
    fn from_word(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.word().eq_ignore_ascii_case(text))
    }
    /// The word that an older or looser spelling means (`hardfail`, `mailfrom`, `strict`), ignoring ASCII case.
    fn from_older_word(text: &str) -> Option<Self> {
        let (_, word) = Self::OLDER.iter().find(|(older, _)| older.eq_ignore_ascii_case(text))?;
        Some(*word)
    }
}

macro_rules! words {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal $(| $older:literal)*),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const OLDER: &'static [(&'static str, Self)] = &[$($(($older, Self::$variant),)*)+];
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// A policy that a domain publishes (RFC 9989 §4.7).
    RequestedPolicy {
        /// Monitor only.
        None = "none",
        /// Treat failing mail as suspicious.
        Quarantine = "quarantine",
        /// Refuse failing mail.
        Reject = "reject",
    }
}
words! {
    /// What a receiver did (RFC 7489 §7.2, RFC 9990 §3.1.1).
    Disposition {
        /// Delivered: no action.
        None = "none",
        /// Passed DMARC under an enforcing policy (RFC 9990).
        Pass = "pass",
        /// Treated as suspicious.
        Quarantine = "quarantine",
        /// Refused.
        Reject = "reject",
    }
}
words! {
    /// An aligned verdict inside `policy_evaluated`.
    Evaluation {
        /// Passed and aligned.
        Pass = "pass",
        /// Did not pass, or not aligned.
        Fail = "fail",
    }
}
words! {
    /// An alignment mode (RFC 9989 §4.7).
    Alignment {
        /// The same organizational domain is enough.
        Relaxed = "r" | "relaxed",
        /// The domains must be the same.
        Strict = "s" | "strict",
    }
}
words! {
    /// Test mode (RFC 9990).
    Testing {
        /// Not in test mode.
        No = "n" | "no" | "false",
        /// In test mode: receivers apply the policy one level lower.
        Yes = "y" | "yes" | "true",
    }
}
words! {
    /// How a policy domain was found (RFC 9990).
    Discovery {
        /// Public Suffix List (RFC 7489).
        Psl = "psl",
        /// DNS tree walk (RFC 9989 §4.10).
        TreeWalk = "treewalk" | "tree_walk" | "tree-walk",
    }
}
words! {
    /// Which identity an SPF result is about.
    SpfScope {
        /// The HELO name.
        Helo = "helo" | "ehlo",
        /// The MAIL FROM domain.
        Mfrom = "mfrom" | "mailfrom" | "mail_from" | "mail-from",
    }
}
words! {
    /// A raw DKIM or SPF result (RFC 8601 §2.7). `softfail` is SPF's alone.
    AuthResult {
        /// Not checked, or nothing to check.
        None = "none",
        /// Passed.
        Pass = "pass",
        /// Failed.
        Fail = "fail" | "hardfail",
        /// Probably not authorised.
        Softfail = "softfail",
        /// Refused by the receiver's own policy.
        Policy = "policy",
        /// No statement either way.
        Neutral = "neutral",
        /// A passing trouble, usually DNS.
        Temperror = "temperror",
        /// A lasting trouble, usually a broken record.
        Permerror = "permerror",
    }
}
words! {
    /// Why a receiver did other than the policy asks (RFC 7489 §7.2, RFC 9990 §3.1.1).
    ReasonType {
        /// Known to be forwarded (RFC 7489).
        Forwarded = "forwarded",
        /// Left out by `pct` (RFC 7489).
        SampledOut = "sampled_out" | "sampled-out",
        /// From a forwarder the receiver trusts.
        TrustedForwarder = "trusted_forwarder" | "trusted-forwarder",
        /// From a mailing list.
        MailingList = "mailing_list" | "mailing-list",
        /// The receiver's own policy; its comment may tell an ARC result (RFC 8617 §7.2.2).
        LocalPolicy = "local_policy" | "local-policy",
        /// The domain is in test mode (RFC 9990).
        PolicyTestMode = "policy_test_mode" | "policy-test-mode",
        /// Any other reason.
        Other = "other",
    }
}
