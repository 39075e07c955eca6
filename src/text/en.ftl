# The English words of DMARCscope. Numbers come twice: { $n } is written the locale's way, { $n-count } selects the plural.

app-title = DMARCscope
app-purpose = Drop your DMARC reports here and see which of your mail fails, and why.
app-privacy = Your files are read in this browser and go nowhere: no upload, no account. Watch the network tab, or switch to aeroplane mode and try.
drop-hint = Drop report files, archives or folders anywhere on this page
drop-now = Let go to read these files
pick-files = Choose files
pick-folder = Choose a folder
screens-label = Screens
screen-overview = Overview
screen-sources = Sources
screen-reports = Reports
screen-files = Files
try-sample = Or try it with sample data: a month of an invented company's reports
cancel = Cancel
formats = XML, gzip and zip files, in any number, inside each other too.

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
metric-domains = Domains
metric-share = { $share } of messages
metric-share-under = under { $share } of messages
metric-share-over = over { $share } of messages
figures-title = All reports together
period = { $first } to { $last }
period-day = { $first }

filter-label = Only
filter-remove = Remove this filter
filter-bad = Part of the address is no filter this version knows and was left out: { $text }

trouble-store = The part of this page that holds the figures has stopped ({ $text }). What you dropped is untouched; reload the page and drop it again.
trouble-start = This page cannot start its readers: { $text }. A current Firefox, Chrome, Edge or Safari can; some locked-down browsers switch WebAssembly or workers off.
trouble-build = This page and its reader are of different versions, as after an update. Reload the page.
reload = Reload
trouble-reader = The reader stopped at { $name } and was replaced; the other files are read on.
