# The English words of DMARCscope. Numbers come twice: { $n } is written the locale's way, { $n-count } selects the plural.

app-title = DMARCscope
app-purpose = See which of your mail fails DMARC, and why
where-title = Where the reports are
where-text = Receivers mail them to the address after “rua=” in your DMARC record, as .xml.gz or .zip files. Drop those mails or their attachments here, or the whole mailbox: a year of them if you like.
what-title = What you get
what-text = Every report added up: how much of your mail passes, which servers send what fails, who says so, and each report as it was written. Words you do not know explain themselves.
privacy-title = What never happens
privacy-text = Nothing is uploaded: your files are read by this page, in this browser. See for yourself: open the network tab of the developer tools, or switch to aeroplane mode, and go on.
pasted-name = pasted text
drop-hint = Drop report files, archives or folders anywhere on this page, or paste
drop-now = Let go to read these files
pick-files = Choose files
pick-folder = Choose a folder
start-over = Start over
screens-label = Screens
screen-overview = Overview
screen-domains = Domains
screen-senders = Senders
screen-sources = Sources
screen-reports = Reports
screen-groups = Groups
screen-compare = Compare
screen-files = Files
try-sample = Or try it with sample data: a month of an invented company's reports
cancel = Cancel
formats = Reports, archives (zip, gzip, tar), mails (also .msg), mailboxes and whole folders, in any number, inside each other too.

reading = Reading { $name }
reading-progress = { $done } of { $total } { $total-count ->
    [one] file
   *[other] files
  }, { $bytes } of { $size } MB
reading-idle = Getting ready

metric-messages = Messages
metric-passed = Pass DMARC
metric-failed = Fail DMARC
metric-unknown = Verdict unknown
metric-reports = Reports
metric-records = Records
metric-sources = Sources
metric-reporters = Reporters
metric-domains = Policy domains
share-under = < { $share }
share-over = > { $share }
figures-title = All reports together
figures-filtered = What the filter leaves
figures-source = Mail from this source
period = { $first } to { $last }
period-day = { $first }

filter-remove-all = Remove all filters
nothing-meets = No record meets all of this.
nothing-of-source = No report names this source.
nothing-read = None of these files holds a record of mail.
nothing-files = See what became of each

trouble-store = The part of this page that holds the figures has stopped ({ $text }). What you dropped is untouched; reload the page and drop it again.
trouble-part = A part of this page could not be loaded: { $text }. Reload the page and drop the files again.
trouble-start = This page cannot start its readers: { $text }. A current Firefox, Chrome, Edge or Safari can; some locked-down browsers switch WebAssembly or workers off.
trouble-build = This page and its reader are of different versions, as after an update. Reload the page.
reload = Reload
trouble-reader = The reader stopped at { $name } and was replaced; the other files are read on.
