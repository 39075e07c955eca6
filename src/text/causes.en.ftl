# What is likely of a source, and what to do next.

cause-no-dkim = Likely: no DKIM signature
cause-vendor-dkim-only = Likely: signed for the vendor's domain only
cause-dkim-broken-in-transit = Likely: the signature broke on the way
cause-dkim-key-trouble = Likely: trouble with a DKIM key
cause-dns-trouble = Likely: DNS did not answer for a while
cause-spf-not-listed = Likely: SPF does not list the address
cause-spf-permerror = Likely: the SPF record cannot be evaluated
cause-spf-other-domain = Likely: SPF passes, for another domain
cause-strict-alignment = Likely: strict alignment, missed by a name of the same organization
cause-forwarding = Likely: forwarded
cause-mailing-list = Likely: sent on by a mailing list
cause-gateway-rewriting = Likely: a gateway changes the message after it is signed
cause-own-server-unauthenticated = Likely: a server of yours without authentication
cause-spoofing = Likely: forged
cause-spoofing-marked = Not yours, as you say
cause-spoofing-passes = Not yours, as you say, and it passes
cause-not-enough = Not enough to tell
cause-none = The mail passes

confidence-low = one of several that fit
confidence-medium = it usually looks so
confidence-high = the reports say so
confidence-said = you say so

finding-no-dkim = { $domain } mail is not signed with DKIM
finding-vendor-dkim-only = { $other } signs { $domain } mail as itself only
finding-dkim-broken-in-transit = Signatures of { $domain } break on the way
finding-dkim-key-trouble = The DKIM key { $selector } of { $domain } does not work
finding-dns-trouble = Receivers could not look up { $copy }
finding-spf-not-listed = SPF of { $domain } does not list { $address }
finding-spf-permerror = The SPF record of { $domain } cannot be evaluated
finding-spf-other-domain = { $other } sends { $domain } mail with a return path of its own
finding-strict-alignment = Strict alignment stops { $domain } mail that is proven for { $other }
finding-forwarding = Forwarded mail
finding-mailing-list = Mail sent on by mailing lists
finding-gateway-rewriting = A gateway changes { $domain } mail after it is signed
finding-own-server-unauthenticated = { $address }: a server of yours that nobody authenticated?
finding-spoofing = { $sources-count ->
    [one] Nothing proves mail from { $address }
   *[other] Forged? Nothing proves mail from { $sources } addresses
  }
finding-spoofing-other = Forged? Mail from { $sources-count ->
    [one] { $address }
   *[other] { $sources } addresses
  } is proven for { $other } only
finding-spoofing-marked = { $address }: not yours, as you say
finding-spoofing-passes = Mail from { $address }, which is not yours as you say, passes for { $domain }
finding-not-enough = Too little is known

step-none = There is nothing to do.
step-custom-dkim = Have { $other } sign with DKIM as { $domain }: then the mail passes DMARC, forwarded or not.
step-custom-return-path = Have { $other } use a return path below { $domain }, so that SPF counts for it too. DKIM alone carries the mail today.
step-fix-dkim-key = Compare the key that { $domain } publishes for the selector { $selector } with the one that { $address } { $sources-count ->
    [one] signs
   *[other] sign
  } with.
step-check-dns = Check that the name servers of { $domain } answer, and quickly. Receivers could not look up { $copy }.
step-add-to-spf = { $sources-count ->
    [one] If { $address } is yours or sends for you, add it to the SPF record of { $domain }.
   *[other] If { $address } are yours or send for you, add them to the SPF record of { $domain }.
  }
step-shorten-spf = Have the SPF record of { $domain } need ten DNS look-ups at the most, and mend what is wrong in it.
step-fix-alignment = The mail is proven for { $other }, but strict alignment asks for { $domain } itself. Ask for relaxed alignment, or use { $domain }.
step-check-override = You cannot mend this for { $domain }. Check that receivers let the mail from { $address } through nevertheless, above all before you tighten the policy.
step-whose-address = { $sources-count ->
    [one] Find out whether { $address } is yours or sends { $domain } mail for you. If not, it is forged, and a policy of quarantine or reject keeps it away.
   *[other] Find out whether { $address } are yours or send { $domain } mail for you. If not, it is forged, and a policy of quarantine or reject keeps it away.
  }
step-last-hop-signs = Whoever changes the message last, before it leaves for the receiver, has to sign it as { $domain }. { $sources-count ->
    [one] If { $address } is not yours
   *[other] If { $address } are not yours
  }, there is nothing to do but to check that receivers let it through.
step-authenticate-server = { $sources-count ->
    [one] If { $address } is a server of yours, have it sign as { $domain } and list it in the SPF record.
   *[other] If { $address } are servers of yours, have them sign as { $domain } and list them in the SPF record.
  }
step-gather-more = Wait for more reports that tell of { $domain } and { $address }. A failing message itself would show what happened to it.
step-gather-more-by = Wait for more reports that tell of { $domain } mail from { $address }, which { $other } sends or sends on. A failing message itself would show what happened to it.
step-gather-more-reporter = Only { $reporter } tells of this: what changes { $domain } mail from { $address } is most likely there. A failing message itself would show it.
step-add-to-spf-service = { $other } sends this mail: include it in the SPF record of { $domain }.
step-check-override-by = You cannot mend this for { $domain }: { $other } changes the mail and sends it on. Check that receivers let it through nevertheless, above all before you tighten the policy.

step-revoke = Whoever sends from { $address } is not yours, as you say, and yet their mail passes as { $domain }. Take back what lets it: { $copy }.

step-addresses = { $address } and { $others } { $others-count ->
    [one] other
   *[other] others
  }
step-somebody = whoever sends from { $address }
step-service = { $service } ({ $domain })
step-setting = { $service } calls the setting “{ $setting }”.
step-copy = To copy: { $copy }
step-absent = it

attention-title = What needs attention
attention-waiting = Worked out once everything is read.
attention-first = Do this first
attention-failing = { $messages } { $messages-count ->
    [one] message fails
   *[other] messages fail
  }
attention-passing = { $messages } { $messages-count ->
    [one] message passes
   *[other] messages pass
  } today, and would fail when forwarded or changed
attention-carried = { $messages } { $messages-count ->
    [one] message passes
   *[other] messages pass
  }, one way only
attention-unknown = nobody knows of { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }
attention-sources = { $sources } { $sources-count ->
    [one] address
   *[other] addresses
  }
attention-likely = Likely; { $confidence }
attention-copy = Copy
attention-copy-all = Copy all { $sources } addresses
attention-says = What { $service } says
attention-more = Show all { $total }
attention-less = Show the first { $shown }
attention-others = Nothing to mend on your side:
attention-unjudged = Could not be judged:
attention-well = Nothing needs attention.
attention-well-about = All mail that could be judged passes DMARC, or fails where you can do nothing about it.
attention-other = { $what }, { $messages }
likely-title = Why, and what to do
likely-evidence = { $messages } { $messages-count ->
    [one] message shows it
   *[other] messages show it
  }
attention-senders = Everyone who sends, by what their mail proves
news-first = First seen in this time
news-last = No longer seen
news-turned = Passed before, fails now
news-turned-about = { $kind }, since { $day }: { $failed } of { $messages } { $messages-count ->
    [one] message fails
   *[other] messages fail
  }; before that { $passed } of { $before } passed
news-sender = sender
news-from = name in From
news-selector = selector
news-source = address
news-about = { $kind }, { $day }, { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }

senders-title = Who sends
senders-search = Find a sender
senders-summary = { $total } { $total-count ->
    [one] sender
   *[other] senders
  }
senders-found = { $total } of { $all } { $all-count ->
    [one] sender
   *[other] senders
  }
senders-back = All senders
sender-records = All about its mail
sender-figures = { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }, { $share } pass; first seen { $first }, last seen { $last }
sender-sources-title = Its addresses
sender-sources-search = Find an address
sender-sources-summary = { $total } { $total-count ->
    [one] address
   *[other] addresses
  }
sender-sources-found = { $total } of { $all } { $all-count ->
    [one] address
   *[other] addresses
  }
column-sender = Sender
column-mark = Whose it is
column-cause = Why it fails
column-step = What to do
column-addresses = Addresses
mark-title = Whose is it?
mark-open = Say whose it is
mark-about-source = What you say of an address, or of the range around it, decides what is told of it.
mark-known = As you say, { $sender }: { $mark }
mark-nothing-proven = Nothing that these addresses send proves anything. Open an address to say whose it is.
mark-range = For
mark-standing = Whose it is
mark-unsaid = not said
mark-ours = ours
mark-allowed = allowed
mark-not-ours = not ours
mark-name = What to call it
mark-note = Note
mark-set = Keep it
mark-refused = No part may have more than 300 characters, or a vertical bar.
mark-means-ours = Its mail is yours: what fails is to be mended.
mark-means-allowed = It sends for you: what fails is to be mended there.
mark-means-not-ours = What it sends in your name is told as forged, and there is nothing to mend for it.
mark-means-nothing = Nothing is said: what the reports show decides alone.
marks-save = Save what you said as a file
marks-read = Read it from a file
marks-were-read = { $lines } { $lines-count ->
    [one] sender was
   *[other] senders were
  } read.
marks-bad = { $lines-count ->
    [one] This line says nothing of a sender and was left out: { $numbers }.
   *[other] { $lines } lines say nothing of a sender and were left out: { $numbers }.
  }
service-title = What is known of { $service }
service-kind = It
service-mailbox = hosts mailboxes
service-newsletter = sends newsletters
service-transactional = sends mail for programs
service-crm = keeps customers' data and writes to them
service-ticketing = answers customers
service-invoicing = sends invoices and contracts
service-gateway = filters mail
service-forwarder = forwards mail
service-lists = hosts mailing lists
service-university = is a university
service-isp = gives access to the Internet
service-dkim = It signs as
service-return-path = Its return paths
service-include = For SPF records
service-own-dkim = For your own signature
service-own-return-path = For your own return path
service-none = There is no such setting.
service-sources = As these pages say, read in November 2026:
