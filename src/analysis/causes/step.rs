use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StepKind {
    /// Nothing.
    None,
    /// Have the service sign as the domain.
    CustomDkim,
    /// Have the service use a return path of the domain's own.
    CustomReturnPath,
    /// Mend the key in the DNS, or the signer.
    FixDkimKey,
    /// See whether the DNS answers.
    CheckDns,
    /// List the address, or the service, in SPF.
    AddToSpf,
    /// Have the SPF record need fewer look-ups.
    ShortenSpf,
    /// Ask for relaxed alignment, or sign with the very domain.
    FixAlignment,
    /// See whether receivers let the mail through nevertheless.
    CheckOverride,
    /// Find out whose address it is.
    WhoseAddress,
    /// Have the host that changes the message last sign it.
    LastHopSigns,
    /// Sign on the server and list it in SPF.
    AuthenticateServer,
    /// Take back what lets somebody's mail pass who is not the owner's.
    Revoke,
    /// Wait for more reports.
    GatherMore,
}

impl StepKind {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::None,
        Self::CustomDkim,
        Self::CustomReturnPath,
        Self::FixDkimKey,
        Self::CheckDns,
        Self::AddToSpf,
        Self::ShortenSpf,
        Self::FixAlignment,
        Self::CheckOverride,
        Self::WhoseAddress,
        Self::LastHopSigns,
        Self::AuthenticateServer,
        Self::Revoke,
        Self::GatherMore,
    ];

    /// The code of exports and catalogues.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::CustomDkim => "custom-dkim",
            Self::CustomReturnPath => "custom-return-path",
            Self::FixDkimKey => "fix-dkim-key",
            Self::CheckDns => "check-dns",
            Self::AddToSpf => "add-to-spf",
            Self::ShortenSpf => "shorten-spf",
            Self::FixAlignment => "fix-alignment",
            Self::CheckOverride => "check-override",
            Self::WhoseAddress => "whose-address",
            Self::LastHopSigns => "last-hop-signs",
            Self::AuthenticateServer => "authenticate-server",
            Self::Revoke => "revoke",
            Self::GatherMore => "gather-more",
        }
    }
}

impl StepKind {
    /// How easy it is, from 3 down to 1; nothing where a person has nothing to do. One record or setting in a place that the
    /// person has anyway is easiest; what another company has to do, hardest. No step lets anybody's mail through that was
    /// stopped before, and none but [`Revoke`](Self::Revoke), which a person's own word is needed for, stops mail that got through.
    #[must_use]
    pub const fn ease(self) -> u64 {
        match self {
            Self::CustomDkim | Self::FixDkimKey | Self::ShortenSpf | Self::AuthenticateServer => 3,
            Self::AddToSpf | Self::Revoke | Self::FixAlignment | Self::WhoseAddress | Self::CheckDns => 2,
            Self::CustomReturnPath | Self::LastHopSigns => 1,
            Self::None | Self::CheckOverride | Self::GatherMore => 0,
        }
    }
}

/// A step with all that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is to be done.
    pub kind: StepKind,
    /// The domain whose mail it is: of the From header, or of its own signature or check where the step is about that.
    pub domain: Option<String>,
    /// The selector of its signature.
    pub selector: Option<String>,
    /// The other domain that mail was proven for.
    pub other: Option<String>,
    /// The service that the other domain belongs to.
    pub service: Option<Service>,
    /// The source's address; of several the one with the most messages.
    pub address: Option<IpAddr>,
    /// How many sources the step is about beside that one.
    pub others: u64,
    /// The only one who reports of it.
    pub reporter: Option<String>,
    /// Text to copy: a DNS record or its name, a part of one, or the name of a setting.
    pub copy: Option<String>,
}

/// A service of the catalogue, as far as a step needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// The setting that is to be used, in the service's words.
    pub setting: Option<String>,
    /// The page that says so.
    pub source: String,
}
