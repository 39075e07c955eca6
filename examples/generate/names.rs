//! The words that the invented names are made of. Every domain ends in `.example` (RFC 2606).

/// First halves of the names of policy domains.
const FIRST: [&str; 20] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "granite", "harbor", "indigo", "juniper", "kestrel",
    "lantern", "maple", "nimbus", "orchid", "pepper", "quartz", "river", "saffron", "tundra",
];
/// Second halves of the names of policy domains.
const SECOND: [&str; 20] = [
    "bakery", "books", "clinic", "credit", "design", "energy", "finance", "garden", "hotel", "insure", "kitchen",
    "labs", "media", "museum", "optics", "press", "school", "tools", "travel", "works",
];
/// Internationalized names in their A-label form: bücher, münchen, café, 例え, пример, españa, zürich, köln.
const IDN: [&str; 8] = [
    "xn--bcher-kva",
    "xn--mnchen-3ya",
    "xn--caf-dma",
    "xn--r8jz45g",
    "xn--e1afmkfd",
    "xn--espaa-rta",
    "xn--zrich-kva",
    "xn--kln-sna",
];
/// First halves of the names of reporters.
const MAIL_FIRST: [&str; 20] = [
    "Northwind",
    "Bluebird",
    "Copper",
    "Driftwood",
    "Evergreen",
    "Firefly",
    "Glacier",
    "Highland",
    "Ironwood",
    "Jade",
    "Kingfisher",
    "Lakeside",
    "Meridian",
    "Nightingale",
    "Oakridge",
    "Pinecone",
    "Quicksilver",
    "Redwood",
    "Silverline",
    "Thistle",
];
/// Second halves of the names of reporters.
const MAIL_SECOND: [&str; 15] = [
    "Mail",
    "Telecom",
    "University",
    "Hosting",
    "Post",
    "Cable",
    "Gateway",
    "Broadband",
    "Filter & Archive",
    "Bank",
    "Inbox",
    "Networks",
    "Security",
    "City Council",
    "Webmail",
];
/// Names of services that send for others: the first half are newsletters, the others CRM systems.
const VENDORS: [&str; 24] = [
    "mailparade",
    "newsletterly",
    "sendsparrow",
    "bulkbreeze",
    "postcanon",
    "inkblast",
    "campaignkit",
    "letterloop",
    "dripfield",
    "mailmosaic",
    "flyerbox",
    "sendorchard",
    "crmcloud",
    "ticketdesk",
    "billingbee",
    "surveyfox",
    "hrportal",
    "shopengine",
    "helpharbor",
    "invoicely",
    "bookingowl",
    "eventgrid",
    "leadpond",
    "signdocs",
];

/// How many policy domains there are.
pub const DOMAINS: usize = 400;
/// How many reporters there are.
pub const REPORTERS: usize = 300;
/// How many services send for others.
pub const VENDOR_COUNT: u64 = VENDORS.len() as u64;

/// The name of a policy domain: distinct for each index.
pub fn domain(index: usize) -> String {
    let (first, second) = (FIRST[index % 20], SECOND[index / 20 % 20]);
    match index {
        // Spread over the ranks, so that some of the busy domains are internationalized too.
        _ if index % 50 == 7 => format!("{}.example", IDN[index / 50 % 8]),
        // Published below the organizational domain, where it is found first.
        _ if index % 33 == 19 => format!("shop.{first}{second}.example"),
        _ if index % 9 == 4 => format!("{first}-{second}.example"),
        _ => format!("{first}{second}.example"),
    }
}

/// The organizational domain: `.example` is no rule of the Public Suffix List, so two labels.
pub fn organizational(name: &str) -> &str {
    match name.rmatch_indices('.').nth(1) {
        Some((dot, _)) => &name[dot + 1..],
        None => name,
    }
}

/// A reporter's name and its domain: distinct for each index.
pub fn reporter(index: usize) -> (String, String) {
    let (first, second) = (MAIL_FIRST[index % 20], MAIL_SECOND[index / 20 % 15]);
    let tail = second.split(' ').next().unwrap_or(second);
    let domain = format!("{first}-{tail}.example").to_ascii_lowercase();
    // Many reporters give their domain as the organization's name.
    if index % 5 < 2 { (domain.clone(), domain) } else { (format!("{first} {second}"), domain) }
}

/// The domain of a service that sends for others.
pub fn vendor(index: u64) -> String {
    format!("{}.example", VENDORS[(index % VENDOR_COUNT) as usize])
}

/// The domain of a provider that forwards mail.
pub fn forwarder(index: u64) -> String {
    format!("{}forward{}.example", FIRST[(index % 20) as usize], index / 20)
}

/// The domain of a host of mailing lists.
pub fn list_host(index: u64) -> String {
    format!("lists.{}society{}.example", SECOND[(index % 20) as usize], index / 20)
}

/// A domain that a sender of forged mail uses for itself.
pub fn stranger(bits: u64) -> String {
    let (first, second) = (FIRST[(bits % 20) as usize], MAIL_FIRST[(bits / 20 % 20) as usize]);
    format!("{first}{}{}.example", second.to_ascii_lowercase(), bits / 400 % 900)
}
