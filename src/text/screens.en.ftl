# Words of the screens behind the first figures.

sources-title = Sources of mail
sources-summary = { $total } { $total-count ->
    [one] source
   *[other] sources
  }
source-absent = not stated
column-source = Source
column-first = First seen
column-last = Last seen

filter-source = Show only { $source }

column-reporter = Reporter
column-domain = Domain
column-period = Period
column-from = From
column-outcome = Outcome
column-disposition = Disposition
column-dkim = DKIM
column-spf = SPF
column-reasons = Reasons

reports-title = Reports
reports-summary = { $total } { $total-count ->
    [one] report
   *[other] reports
  }
table-more = Show more

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
