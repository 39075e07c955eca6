# Words of the screens behind the first figures.

trend-title-day = Messages a day
trend-title-week = Messages a week
trend-title-month = Messages a month
trend-summary = { $messages } { $messages-count ->
    [one] message
   *[other] messages
  } from { $first } to { $last }: { $passed } pass DMARC, { $failed } fail, { $unknown } unknown.
trend-summary-day = { $messages } { $messages-count ->
    [one] message
   *[other] messages
  } on { $first }: { $passed } pass DMARC, { $failed } fail, { $unknown } unknown.
trend-empty = No report with a readable period yet.
trend-dateless = { $messages } { $messages-count ->
    [one] message is
   *[other] messages are
  } in reports without a readable period and not in this chart.
trend-by = Bars
trend-by-day = Days
trend-by-week = Weeks
trend-by-month = Months
trend-clock = Time
trend-clock-utc = UTC
trend-clock-local = Yours ({ $place })
trend-all-days = Show all days
trend-compare-day = Compare from this day on with the time before
trend-compare-days = Compare with the same length of time before
trend-days-utc = Days are those of UTC. A report counts on the day in the middle of its period.
trend-days-local = Days are those of your time zone; reporters nearly always count by UTC. A report counts on the day in the middle of its period.
trend-span = { $first } – { $last }
trend-table = Show the figures as a table
trend-gap = no report
trend-incomplete = no report, or not from everyone who usually sends one
trend-incomplete-days = What is missing is not nought.
trend-help = Arrow keys move from bar to bar, Home and End to the ends; with Shift they take in more bars. Enter shows only that time, Escape drops the choice.
trend-readout = { $day }: { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }.
trend-part = { $label }: { $count }
trend-readout-gap = { $day }: no report.
trend-readout-missing = { $reporters } usual { $reporters-count ->
    [one] reporter
   *[other] reporters
  } sent none.
trend-long = holds a report over more than one day
column-day = Time
fate-passed = Pass
fate-passed-yet-acted = Pass, yet quarantined or rejected
fate-rejected = Fail, rejected
fate-quarantined = Fail, quarantined
fate-excepted = Fail, delivered by exception
fate-monitored = Fail, delivered: policy none
fate-unstated = Fail, what was done is not known
fate-unknown = Verdict unknown
verdict-pass = Pass
verdict-fail = Fail
verdict-unknown = Unknown

column-messages = Messages
column-passed = Pass
column-failed = Fail
column-unknown = Unknown
column-share-passed = Pass %
column-dkim-aligned = DKIM aligned
column-spf-aligned = SPF aligned
column-signatures = DKIM signatures
column-checks = SPF results
column-reporters = Reporters
column-bar = Share of messages

by-from = By domain in From
by-reporter = By reporter
by-outcome = What became of the messages
by-disposition = What receivers did
by-source = The sources that send most
by-dkim = DKIM signatures
by-spf = SPF results
by-envelope = By envelope sender
null-sender = <> (the null sender)
no-signature = no signature
no-check = no result
breakdown-more = Show all { $total }
breakdown-less = Show fewer

sources-title = Sources of mail
sources-summary = { $total } { $total-count ->
    [one] source
   *[other] sources
  }
sources-back = All sources
sources-all = Show all sources
reports-back = All reports
source-reports = The reports that name it
source-absent = not stated
column-source = Source
column-first = First seen
column-last = Last seen


column-reporter = Reporter
column-domain = Domain
column-period = Period
column-from = From
column-outcome = Outcome
column-disposition = Disposition
column-dkim = DKIM
column-spf = SPF
column-dkim-raw = DKIM result
column-spf-raw = SPF result
column-reasons = Reasons

reports-title = Reports
reports-summary = { $total } { $total-count ->
    [one] report
   *[other] reports
  }
sources-found = { $total } of { $all } { $all-count ->
    [one] source
   *[other] sources
  }
reports-found = { $total } of { $all } { $all-count ->
    [one] report
   *[other] reports
  }
records-summary = { $total } { $total-count ->
    [one] record
   *[other] records
  }

# Tables.
grid-keys = Arrow keys go through the rows, Enter opens one, Space selects it; with Shift several are selected.
sources-search = Find an address
reports-search = Find a reporter, domain or id
grid-columns = Columns
grid-select = Select { $row }
grid-select-all = Select all rows
grid-selected = { $rows } { $rows-count ->
    [one] row
   *[other] rows
  } selected
grid-selecting = Selecting…
grid-limit = The first { $rows } rows are selected: that is the most at once.
grid-save = Save as CSV
grid-saving = Saving…
grid-copy = Copy
grid-clear = Clear
grid-copied = { $rows-count ->
    [one] Copied { $rows } row.
   *[other] Copied { $rows } rows.
  }
grid-not-copied = Not copied: the browser does not let this page use the clipboard.
grid-none = Nothing here.
grid-not-found = No row has this text.

report-title = { $reporter } on { $domain }, { $days }
report-none = There is no such report here. Its number was another session's.
report-about = About the report
report-policy = Published policy
report-records = Records
report-empty = (empty)
report-rfc-9990 = RFC 9990
report-rfc-7489 = RFC 7489

fact-status = What became of it
fact-place = File
fact-report-id = Report id
fact-email = Contact
fact-contact = More contact
fact-begin = Begins
fact-end = Ends
fact-errors = Errors
fact-generator = Made by
fact-standard = Standard
fact-version = Version
fact-extensions = Extensions
fact-domain = Domain
fact-p = Policy (p)
fact-sp = For subdomains (sp)
fact-np = For names that do not exist (np)
fact-pct = Per cent (pct)
fact-adkim = DKIM alignment (adkim)
fact-aspf = SPF alignment (aspf)
fact-fo = Failure reports (fo)
fact-testing = Test mode (t)
fact-discovery = Found by
alignment-relaxed = relaxed
alignment-strict = strict

drawer-place = { $place } of { $total }
drawer-previous = Previous
drawer-next = Next
drawer-page = Open as a page
drawer-close = Close
record-aligned = aligned: { $word }
envelope-from = envelope from { $text }
envelope-to = envelope to { $text }

outcome-passed_both = Pass by DKIM and SPF
outcome-passed_dkim = Pass by DKIM
outcome-passed_spf = Pass by SPF
outcome-passed_yet_acted = Pass, yet acted on
outcome-monitoring = Fail, delivered: policy none
outcome-forwarded = Fail, delivered: forwarded
outcome-mailing_list = Fail, delivered: mailing list
outcome-trusted_forwarder = Fail, delivered: trusted forwarder
outcome-local_policy = Fail, delivered: local policy
outcome-sampled_out = Fail, delivered: left out by pct
outcome-policy_test_mode = Fail, delivered: test mode
outcome-other_reason = Fail, delivered: another reason
outcome-unexplained = Fail, delivered without a reason
outcome-quarantined = Fail, quarantined
outcome-rejected = Fail, rejected
outcome-disposition_unknown = Fail, what was done is not stated
outcome-unknown = Unknown

ledger-title = What became of your files
ledger-summary = { $total } { $total-count ->
    [one] file
   *[other] files
  }: { $tally }.
ledger-tally-read = { $count } read
ledger-tally-recognised = { $count } recognised
ledger-tally-mended = { $count } mended
ledger-tally-duplicate = { $count } { $count-count ->
    [one] duplicate
   *[other] duplicates
  }
ledger-tally-partial = { $count } partly read
ledger-tally-refused = { $count } refused
ledger-more = Show more
ledger-find = Find a file or something in one
ledger-find-item = Find in this file
ledger-no-item = Nothing in this file has this text.
ledger-save = Save the list as CSV
ledger-saving = Putting the list together…
ledger-file-name = what became of your files.csv
csv-file = File
csv-path = Inside
csv-status = What became of it
csv-kind = Kind
csv-reporter = Reporter
csv-domain = Domain
csv-report-id = Report id
csv-begin = Begins
csv-end = Ends
csv-records = Records
csv-messages = Messages
csv-passed = Pass
csv-failed = Fail
csv-unknown = Unknown
csv-notes = Notes
kind-aggregate = aggregate report
ledger-only = Show only
ledger-all = All
ledger-found = { $matched } of { $total } { $total-count ->
    [one] file
   *[other] files
  } shown.
ledger-link = Every file and what became of it
ledger-holds = { $reports } { $reports-count ->
    [one] report
   *[other] reports
  }, { $records } { $records-count ->
    [one] record
   *[other] records
  }, { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }
ledger-item-holds = { $records } { $records-count ->
    [one] record
   *[other] records
  }, { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }
ledger-unfold = Show what is in it ({ $count })
ledger-fold = Hide what is in it
ledger-reading = being read
ledger-again = Read it whole anyway
ledger-again-hint = Ten times as much is let through at first, then as much as memory holds. It may take long; you can cancel.
ledger-source = Show the XML
ledger-source-hide = Hide the XML
ledger-source-cut = A long report: only its beginning is shown.
ledger-source-changed = The file has changed since it was read, or is gone. Drop it again to see its source.
ledger-source-error = The source cannot be read again: { $text }
status-read = Read
status-recognised = Recognised
status-mended = Mended
status-duplicate = Duplicate
status-partial = Partly read
status-refused = Refused
kind-tls = TLS report
kind-failure = failure report

note-junk-before = Something stood before the XML and was passed over.
note-junk-after = Something stood after the report and was passed over.
note-transcoded = The text was converted from { $text }.
note-broken-bytes = { $times } { $times-count ->
    [one] text has
   *[other] texts have
  } bytes that are no characters; they show as �.
note-stray-markup = { $times-count ->
    [one] A “<” or “&” in a text was
   *[other] “<” or “&” in texts, { $times } times, were
  } not escaped; read as text.
note-unclosed-element = The element “{ $text }” is not closed properly{ $times-count ->
    [one] .
   *[other] , as are others: { $times } in all.
  }
note-unknown-namespace = The namespace “{ $text }” is not the standard's; read as if it were.
note-misspelt-element = The element “{ $text }” is misspelt; read as the one meant.
note-word-mended = “{ $text }” in { $field } was read as the standard's word ({ $times } { $times-count ->
    [one] time
   *[other] times
  }).
note-word-unknown = “{ $text }” in { $field } is no word of the standard; kept as written ({ $times } { $times-count ->
    [one] time
   *[other] times
  }).
note-date-converted = The date “{ $text }” was converted.
note-date-unreadable = The date “{ $text }” cannot be read.
note-dates-swapped = The period ends before it begins; the two were swapped.
note-no-period = The report states no readable period: its messages count, but on no day.
note-count-unreadable = The count “{ $text }” is no possible number and was taken as 0 ({ $times } { $times-count ->
    [one] record
   *[other] records
  }).
note-address-mended = The address “{ $text }” was written in an unusual way and mended ({ $times } { $times-count ->
    [one] record
   *[other] records
  }).
note-address-unreadable = “{ $text }” is no address; its messages count without one ({ $times } { $times-count ->
    [one] record
   *[other] records
  }).
note-record-without-source = { $times } { $times-count ->
    [one] record names no source address and was
   *[other] records name no source address and were
  } left out.
note-record-without-evaluation = { $times } { $times-count ->
    [one] record has
   *[other] records have
  } no policy_evaluated: the verdict is unknown.
note-element-repeated = The element “{ $text }” stands more than once; the first counts.
note-element-missing = The element “{ $text }” is missing.
note-cut-off = The report breaks off: { $records } complete { $records-count ->
    [one] record was
   *[other] records were
  } kept.
note-unpack-broken = The compressed data is broken after { $at } bytes; what came before was kept.
note-archive-broken = The archive is damaged; what could be found in it was read.
note-xml-broken = The XML cannot be read on after byte { $at }.
note-limit-unpacked-size = It unpacks to more than { $value } bytes; the rest was not read.
note-limit-ratio = It unpacks to more than { $value } times its size, as files made to do harm do; the rest was not read.
note-limit-depth = It holds containers inside each other more than { $value } deep; those further in were not read.
note-limit-entries = It has more than { $value } entries; the rest was not read.
note-limit-element-size = A single element is larger than { $value } bytes; the report was read up to it.
note-limit-element-depth = Elements, or the parts of a message, stand inside each other more than { $value } deep; those further in were not read.
note-limit-nested-archive = An archive inside another file is larger than { $value } bytes. Unpack the outer one and drop what is in it.
note-limit-memory = The browser gives this page no more memory. Drop fewer files at a time.
note-reader-trapped = The reader stopped at this file, which is a fault of DMARCscope. What it had handed over is kept. Please report it.
note-reader-hung = The reader gave no sign of life for { $seconds } seconds at this file and was ended. What it had handed over is kept.
note-cancelled = Reading was cancelled before the end of this file.
note-twin-of = The same report as in { $text }, which counts.
note-part-of = A cut-off copy of the report in { $text }, which counts.
note-same-key-other-content = Another report has the same reporter, id, domain and period but other records ({ $text }). Both count.
note-empty = The file is empty.
note-unreadable = The file cannot be read: { $text }
note-not-a-report-xml = XML, but no DMARC report: its root element is “{ $text }”.
note-not-a-report-json = JSON, but no TLS report.
note-not-a-report-mail = An e-mail with no report in it. If it should have one, open it in your mail program and save the attachment.
note-not-a-report-bounce = A bounce: a mail server's notice that a mail was not delivered. No report came with it.
note-not-a-report-archive = A { $text } file, which cannot be opened here. Unpack it with another program and drop what is in it.
note-not-a-report-other = A { $text } file, not a DMARC report.
note-not-a-report-pdf = A PDF file, not a DMARC report. Reports come as XML, mostly zipped: look for the attachment of the mail.
note-not-a-report-pst = An Outlook data file, which cannot be opened here. In Outlook, drag the mails out of it into a folder and drop that folder, or save them as .msg.
note-not-a-report-office = An old Office document ({ $text }), not a DMARC report. Reports come as XML, mostly zipped.
note-not-a-report-text = Plain text, not a DMARC report.
note-not-a-report-binary = Not a DMARC report, and of no kind known here.
note-not-a-report-empty-archive = An archive with nothing to read in it.
note-encrypted = Protected by a password. Unpack it with its password and drop what is in it.
note-compression = Compressed in a way (method { $method }) that cannot be opened here. Unpack it and drop what is in it.
note-other-report = Recognised and counted, but not a DMARC aggregate report: its figures are not shown yet.

record-hint = Choose a record to see what it means.
report-whole = All of the report is shown here, whatever the filter above leaves of it.
by-source-failed = The sources that fail most
order-failed = fail most
order-messages = send most
order-label = Sources that
did-none = none (delivered)
did-pass = pass (delivered, as it passed)
did-quarantine = quarantine (kept apart, as spam)
did-reject = reject (turned away)
explain-reason = The reason it gives: { $reasons }.
explain-dkim-broken = DKIM does not count: the signature of { $own } was not valid ({ $result }); that of { $domain } is valid, but does not fit { $from }.
explain-title = What it means
explain-who = { $messages } { $messages-count ->
    [one] message
   *[other] messages
  } came from { $source } and named { $from } as the author’s domain.
explain-dkim-pass = DKIM counts: a valid signature of { $domain } fits { $from }.
explain-dkim-pass-unlisted = DKIM counts, says the receiver, though it lists no valid signature.
explain-dkim-none = DKIM does not count: there was no signature.
explain-dkim-other = DKIM does not count: the signature of { $domain } is valid, but that domain does not fit { $from }.
explain-dkim-fail = DKIM does not count: the signature of { $domain } was not valid ({ $result }).
explain-dkim-unstated = The report does not say whether DKIM counts.
explain-spf-pass = SPF counts: { $domain } lists { $source } as its sender and fits { $from }.
explain-spf-pass-unlisted = SPF counts, says the receiver, though it lists no passing result.
explain-spf-none = SPF does not count: there is no result.
explain-spf-other = SPF does not count: { $domain } lists { $source } as its sender, but that domain does not fit { $from }.
explain-spf-fail = SPF does not count: for { $domain } the result was { $result }.
explain-spf-unstated = The report does not say whether SPF counts.
explain-verdict-pass = One of the two is enough: the mail passes DMARC.
explain-verdict-fail = Neither counts: the mail fails DMARC.
explain-verdict-unknown = So nobody can tell whether the mail passes DMARC.
explain-fate-passed = Nothing stood in the way of delivering it.
explain-fate-passed-yet-acted = Yet the receiver put it into quarantine or rejected it, for a reason of its own.
explain-fate-rejected = The receiver rejected it: it did not arrive.
explain-fate-quarantined = The receiver put it into quarantine, as a rule the spam folder.
explain-fate-excepted = The policy asks for more, yet the receiver delivered it; the reasons say why, where it gives any.
explain-fate-monitored = The receiver delivered it all the same, as the policy asks for nothing.
explain-fate-unstated = What the receiver did with it is not known.
explain-fate-unknown = What the receiver did is above.

source-copy = Copy the XML
source-indented = A line for each element
copied = Copied
copy-refused = Copying is not allowed here. Select the text and copy it.
explain-ours-agrees = Worked out anew from the raw results, the verdict is the same.
explain-ours-unjudged = The verdict is not worked out anew: the list of public suffixes beside the page is not there yet, or could not be read.
explain-ours-list = Worked out anew from the raw results, the verdict is: { $verdict }. It hangs on which domains belong to one organization, which the reporter may have looked up otherwise.
explain-ours-left-out = Worked out anew from the raw results, the verdict is: { $verdict }. The receiver's rests on a result that its report leaves out.
explain-ours-reporter = Worked out anew from the raw results, the verdict is: { $verdict }. The receiver's contradicts its own results.
explain-ours-cannot-tell = The raw results tell too little to work the verdict out anew.
differs-agrees = the same as the reporter's
differs-list = hangs on which domains belong together
differs-left-out = the report leaves a result out
differs-reporter = the reporter contradicts its own results
differs-cannot-tell = too little is stated to tell
differs-unjudged = not worked out yet

# The filter.
filter-title = Filter
filter-add = Add filter
filter-add-title = Filter by
filter-type = As text
filter-type-title = Type the filter (/)
filter-undo = Undo the last change of the filter
filter-redo = Redo the change of the filter
filter-clear = Clear all
filter-remove = Remove: { $text }
filter-remove-title = Remove this filter
filter-exclude = Exclude: { $text }
filter-exclude-title = Exclude instead
filter-bad = Part of the address is no filter this version knows and was left out: { $text }
filter-said = { $field }: { $values }
filter-said-not = { $field }: not { $values }
filter-not = Not: { $values }
filter-or = { $first } or { $last }
filter-more = { $values } more
filter-contains = contains “{ $text }”
filter-begins = begins with “{ $text }”
filter-ends = ends with “{ $text }”
filter-like = like “{ $text }”
filter-word = “{ $text }”
filter-any = any
filter-about-general = When and what
filter-about-sender = Who sends
filter-about-address = The address
filter-about-fate = What happened
filter-about-dkim = DKIM
filter-about-spf = SPF
filter-about-report = The report
filter-field-period = Period
filter-field-text = Any text
filter-field-from = From
filter-field-ip = Source
filter-field-envelope_from = Envelope sender
filter-field-envelope_to = Envelope recipient
filter-field-source = Source that is no address
filter-field-verdict = Verdict
filter-field-ours = Our verdict
filter-field-sender = Sender: what the address proves
filter-field-differs = Our verdict against the reporter's
filter-field-outcome = Outcome
filter-field-disposition = Receiver
filter-field-reason = Reason
filter-field-dkim = DKIM
filter-field-dkim_domain = DKIM domain
filter-field-selector = Selector
filter-field-dkim_result = DKIM result
filter-field-signature = DKIM signature
filter-field-spf = SPF
filter-field-spf_domain = SPF domain
filter-field-spf_scope = SPF scope
filter-field-spf_result = SPF result
filter-field-spf_check = SPF check
filter-field-reporter = Reporter
filter-field-domain = Policy domain
filter-field-policy = Published policy (p)
filter-field-judge = Verdicts
judge-reporter = the reporters'
judge-ours = worked out here
judge-about = Whose verdicts are counted. Ours are worked out from the results that the reports tell of.
trend-judge = Verdicts
filter-field-label = Label
filter-field-published = Whole published policy
filter-field-registry = Registry
filter-field-special = Special range
filter-field-network = Network
filter-field-country = Country
filter-field-city = City
filter-field-holder = Holder
filter-field-abuse = Abuse contact
filter-field-ptr = Reverse name
filter-field-report = Report id
filter-field-file = File
filter-way = Whether such records are shown or left out
filter-include = Include
filter-without = Exclude
filter-back = Choose another field
filter-apply = Apply
filter-cancel = Cancel
filter-find = Find, or type a pattern such as *.example
filter-find-address = Find, or type an address or range
filter-no-values = No value has this text.
filter-values = { $total } { $total-count ->
    [one] value
   *[other] values
  }, those with the most messages first
filter-values-some = The { $shown } of { $total } values with the most messages; type to find others
filter-text-about = Domains, names, selectors, addresses, results, reasons and their comments, the report’s names, id and file: whatever contains this, letter case aside.
filter-first = First day
filter-last = Last day
filter-quick = Often asked for
filter-last-7 = Latest 7 days
filter-last-30 = Latest 30 days
filter-month = Latest month
filter-all-days = All
filter-typed-label = The filter as a text
filter-typed-example = from:shop.example -outcome:forwarded period:2026-10
filter-typed-choices = What may follow
filter-typed-help = Enter applies, Escape takes back. Commas mean “or”, a minus sign “not”, * any letters; a word without a field is looked for everywhere.
filter-error-no-field = The name of a field is missing before “:”.
filter-error-field = There is no field “{ $text }”. Fields are { $fields }. To look for the text itself put it in quotes.
filter-error-misspelt = There is no field “{ $text }”. Did you mean { $field }?
filter-error-no-value = A value is missing here.
filter-error-quote = This quote is not closed.
filter-error-blank = A blank or a comma is missing here.
filter-error-ip = An address, or a range such as 203.0.113.0/24, is expected.
filter-error-period = A day such as 2026-10-31, a month such as 2026-10, a year, or two of them with .. between is expected.
filter-error-value = { $field } knows no “{ $text }”.
filter-error-days = The last day is before the first, or a date is not complete.

# Groups by anything, the board of domains, comparing.
groups-title = Groups
groups-by = Group by
groups-and = and by
groups-no-more = nothing else
groups-chart = The { $shown } biggest of { $all } groups, and what became of their messages
groups-chart-all = What became of the messages of each group
groups-search = Find a group
groups-summary = { $total } { $total-count ->
    [one] group
   *[other] groups
  }
groups-found = { $total } of { $all } { $all-count ->
    [one] group
   *[other] groups
  }
pairs-search = Find a group
pairs-summary = { $total } { $total-count ->
    [one] pair
   *[other] pairs
  }
pairs-found = { $total } of { $all } { $all-count ->
    [one] pair
   *[other] pairs
  }
column-share = Share
column-fates = Outcomes
column-sources = Sources
dimensions-mail = The mail
dimensions-outcome = What became of it
dimensions-dkim = DKIM
dimensions-spf = SPF
dimensions-report = The report
dimension-report = Report
dimension-source = Source
dimension-from = Domain in From
dimension-envelope-from = Envelope sender
dimension-envelope-to = Envelope recipient
dimension-verdict = Verdict
dimension-ours = Our verdict
no-sender = nothing proven
dimension-sender = Sender
dimension-differs = Our verdict against the reporter's
dimension-outcome = Outcome
dimension-disposition = What the receiver did
dimension-reason = Reason for an exception
dimension-dkim-aligned = DKIM aligned
dimension-signature = DKIM signature
dimension-dkim-domain = DKIM domain
dimension-selector = DKIM selector
dimension-dkim-result = DKIM result
dimension-spf-aligned = SPF aligned
dimension-spf-check = SPF check
dimension-spf-domain = SPF domain
dimension-spf-scope = SPF scope
dimension-spf-result = SPF result
dimension-domain = Policy domain
dimension-policy = Policy (p)
dimension-reporter = Reporter
dimension-file = File
dimension-day = Day
dimension-month = Month
dimension-label = Label
dimension-published = Published policy
dimensions-address = The address
dimension-registry = Registry
dimension-special = Special range
dimension-network = Network
dimension-country = Country
dimension-city = City
dimension-holder = Holder
dimension-abuse = Abuse contact
dimension-ptr = Reverse name
domains-title = Domains
domains-search = Find a domain
domains-summary = { $total } { $total-count ->
    [one] domain
   *[other] domains
  }
domains-found = { $total } of { $all } { $all-count ->
    [one] domain
   *[other] domains
  }
domains-act = Name them
domains-most = Most messages on { $day }: { $messages }.
domains-most-failed = Most failing on { $day }: { $messages }.
domains-dateless = No day is known.
column-trend = Trend
column-worst = What fails most
column-published = Published policy
column-labels = Labels
labels-title = Labels
labels-none = Name domains that belong together, as those of one client: select them in the table below. Each label then has its figures here, and the whole page can be filtered to it.
labels-save = Save labels as a file
labels-read = Read labels from a file
labels-unreadable = This file cannot be read.
labels-not-saved = Not saved: the browser does not let this page make files.
labels-were-read = { $lines } { $lines-count ->
    [one] line was
   *[other] lines were
  } read.
labels-bad = { $lines-count ->
    [one] This line is no label and was left out: { $numbers }.
   *[other] { $lines } lines are no labels and were left out: { $numbers }.
  }
label-name = { $domains-count ->
    [one] Label for the selected domain
   *[other] Label for the { $domains } selected domains
  }
label-add = Give it
label-take = Take it off
label-cancel = Cancel
label-refused = A label has 80 characters at the most and does not begin with #.
label-domains = { $domains } { $domains-count ->
    [one] domain
   *[other] domains
  }, { $seen } seen
label-messages = { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }
label-pass = pass
label-failed = { $messages } { $messages-count ->
    [one] fails
   *[other] fail
  }
label-remove = Remove the label { $label } from all its domains
changes-title = Policy changes found in the reports
changes-none = No domain changed what it publishes.
changes-more = The newest { $shown } of { $total }.
changes-to = changed to
changes-compare = Compare before and after
compare-title = Compare
compare-own = These
compare-other = The others
compare-everything = everything
compare-swap = Swap the two
compare-choices = What to compare
compare-before = With the same length of time before
compare-week = The last 7 days with the 7 before
compare-weeks = The last 28 days with the 28 before
compare-change = { $domain } before and after { $day }: { $before } → { $after }
compare-day = Before and after a day
compare-text = With another filter
compare-show = Show
compare-bad = This is no filter: look at character { $at }.
compare-same = Both sides are the same records. Choose above what to compare, or filter one of them.
compare-figures = Figures
compare-change-head = Change
compare-by = { $difference } ({ $share })
compare-note = Sides of different length have different numbers of messages: shares can be compared all the same.
compare-trends = Messages by time
compare-bar-day = One bar a day, both on one scale: the highest bar is { $most-count ->
    [one] one message
   *[other] { $most } messages
}.
compare-bar-days = One bar for { $days } days, both on one scale: the highest bar is { $most-count ->
    [one] one message
   *[other] { $most } messages
}.
compare-sum = { $messages } { $messages-count ->
    [one] message
   *[other] messages
  }: { $passed } pass, { $failed } fail, { $unknown } unknown.
compare-of = Group by
compared-title = What rose and fell
compared-chart = Where the number of messages changed most
compared-search = Find a group
compared-summary = { $total } { $total-count ->
    [one] group
   *[other] groups
  }
compared-found = { $total } of { $all } { $all-count ->
    [one] group
   *[other] groups
  }
column-change = Change
column-own-messages = These
column-other-messages = The others
column-change-failed = Change, fail
column-own-failed = Fail, these
column-other-failed = Fail, others
column-own-passed = Pass %, these
column-other-passed = Pass %, others
trend-save-svg = Save as SVG
trend-save-png = Save as PNG

# Saving and sharing.
share-open = Save or share
share-title = Save or share
share-what = What to make
share-as-page = One page that opens anywhere
share-about-page = HTML: this viewer with the data in it, for an attachment or a folder. Needs no network and no server.
share-as-csv = A table for spreadsheets
share-about-csv = CSV: a line for each record, safe to open.
share-as-ndjson = A table for programs
share-about-ndjson = NDJSON: an object for each record, for databases and scripts.
share-as-parsedmarc = Reports for dashboards
share-about-parsedmarc = JSON in parsedmarc's names, for search engines and warehouses that take its output.
share-as-reports = Reports with the chosen records
share-about-reports = A zip of XML, written anew: any DMARC tool reads it, this one too.
share-as-raw = Reports as they came
share-about-raw = A zip of the very XML that was read, whole.
share-as-summary = A summary to paste
share-about-summary = Markdown: the headline figures and the biggest groups.
share-everything = Of everything that was read.
share-filtered = Of what the filter shows: { $filter }. Nothing of what it leaves out gets in.
share-raw-whole = Of every report in which the filter shows something. Reports come whole: they hold records that it leaves out.
share-all = Everything that was read, not only what the filter shows
share-each = A file for each label
share-redact = Make unrecognizable
share-addresses = Addresses: only their networks stay
share-local-parts = Names before the @ of mail addresses
share-file-names = Names of files
share-make = Make the file
share-stop = Stop
share-print = Print
share-close = Close
print-made = Printed on { $day }
share-progress = How far it is
share-making = { $name }: { $done } of { $all-count ->
    [one] one record
   *[other] { $all } records
}…
share-save = Save { $name }
share-kb = { $size } kB
share-mb = { $size } MB
share-holds = { $rows } { $rows-count ->
    [one] record
   *[other] records
  } of { $reports } { $reports-count ->
    [one] report
   *[other] reports
  }
share-missing = { $reports } { $reports-count ->
    [one] report
   *[other] reports
  } could not be read again and are missing.
share-failed = The file cannot be made. { $why }
summary-title = DMARC summary
summary-filter = Filter: { $filter }
summary-period = Period
summary-messages = Messages
summary-passed = Passed
summary-failed = Failed
summary-unknown = Unknown
summary-reports = Reports
summary-addresses = Addresses
summary-sources = Sources, most failing first
summary-more = And { $more } more.

# Whose addresses are.
whois-title = Whose address is this?
whois-special = Special range
whois-registry = Registry
whois-registry-of = (by IANA’s table of { $date })
whois-network = Network
whois-country = Country
whois-city = City
whois-name = Reverse name
whois-holder = Holder
whois-abuse = Abuse contact
whois-net-name = Network’s name
whois-range = Range
whois-handle = Handle
whois-type = Type
whois-held-in = Registered in
whois-registered = Registered
whois-changed = Last changed
whois-status = Status
whois-parent = Part of
whois-remarks = Remarks
whois-asked = Asked
whois-raw = The answer as it came
whois-look = Look it up
whois-again = Look it up again
whois-looking = Looking up …
whois-copy = Copy the facts for an abuse report
name-none = There is none.
name-confirmed = (confirmed: the name leads back to the address)
name-unconfirmed = (unconfirmed: the name does not lead back to the address)
networks-from = Networks and places by { $file } ({ $kind }, { $day }).
networks-none = For networks, countries and cities drop a database in MaxMind’s format (.mmdb) on the page. It is read here and goes nowhere.
networks-broken = { $file } is no database that can be read: { $why }
networks-unreadable = { $file } cannot be read: { $why }
networks-trouble = What is known of addresses cannot be shown: { $why }
special-this-network = This network
special-private = Private addresses
special-shared = Shared by a provider’s customers (carrier-grade NAT)
special-loopback = The machine itself
special-link-local = Only valid on one link
special-protocol = Kept for protocols
special-ds-lite = IPv4 over IPv6 (DS-Lite)
special-nat64-discovery = Finding NAT64
special-documentation = For documentation only
special-as112 = Answers for private addresses (AS112)
special-amt = Relays of multicast
special-6to4-relay = Relays of 6to4
special-benchmarking = For benchmarks
special-multicast = Multicast
special-reserved = Reserved
special-broadcast = Broadcast
special-unspecified = No address
special-mapped = An IPv4 address in IPv6’s form
special-nat64 = IPv4 seen from IPv6 (NAT64)
special-discard = Traffic to be discarded
special-dummy = A dummy address
special-teredo = IPv6 through IPv4 (Teredo)
special-orchid = Identifiers that are no addresses (ORCHID)
special-drone = Identifiers of drones
special-6to4 = IPv6 through IPv4 (6to4)
special-segment-routing = Segment routing
special-unique-local = Private addresses (unique local)
refusal-of-holder = Holder:
refusal-of-name = Name:
refusal-no-registry = no registry has given out the address.
refusal-not-found = the service knows nothing of the address.
refusal-too-many = the service wants to be asked less often. Try again later.
refusal-status = the service does not answer this (status { $status }).
refusal-malformed = what came is no answer that can be read.
refusal-too-long = the answer is too long.
refusal-timed-out = no answer came in time.
refusal-offline = there is no network.
refusal-policy = blocked by this page’s policy: the question would have gone to a host that is not on its list.
refusal-unreachable = no connection, or the browser keeps the answer from this page.
refusal-cancelled = ended.
consent-title = May this page ask others about addresses?
consent-what = So far nothing has left this page. A look-up asks these services, and nobody else:
consent-host = { $host }, for { $addresses-count ->
    [one] one address:
   *[other] { $addresses } addresses:
}
consent-more = and { $more } more
consent-learn = Each learns which addresses you ask for, when, and your own address; not your reports, your domains or why you ask. Answers are kept on this page only.
consent-resolver = Names are asked of
consent-no-names = nobody (no names)
consent-later = From now on look-ups start when you press a button for one. You can turn them off on the Sources screen.
consent-yes = Turn on and look up
consent-no = Not now
batch-title = Whose are these addresses?
batch-count = The sources with the most messages:
batch-look = Look them up
batch-save = Save what was looked up
batch-clear = Forget what was looked up
batch-progress = { $done } of { $all-count ->
    [one] one question
   *[other] { $all } questions
} done.
batch-waits = The next one follows in { $seconds } s, as the service asked for it.
batch-pause = Pause
batch-go-on = Go on
batch-cancel = Cancel
lookups-on = Look-ups are on: they start when you press a button for one.
lookups-off = Look-ups are off: nothing leaves this page.
lookups-turn-off = Turn off
lookups-none = This page was built without look-ups.
abuse-address = Address: { $text }
abuse-range = Range: { $text }
abuse-holder = Holder: { $text }
abuse-to = Abuse contact: { $text }
abuse-days = Days (UTC unless said otherwise): { $text }
abuse-messages = Messages: { $text }
abuse-outcomes = What became of them: { $text }
abuse-from = From domains: { $text }
abuse-envelope = Envelope senders: { $text }
abuse-reporters = Reported by: { $text }
abuse-source = Source: DMARC aggregate reports (RFC 9990).
map-title = Messages by country
map-summary = Messages from { $countries-count ->
    [one] one country
   *[other] { $countries } countries
}; { $unknown-count ->
    [one] one message from an address
   *[other] { $unknown } messages from addresses
} whose country is not known. The list below has the numbers.
map-from = { $messages } and more
map-credit = Outlines: Natural Earth.
column-network = Network
column-country = Country
column-city = City
