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
cause-not-enough = Not enough to tell
cause-none = The mail passes

confidence-low = one of several that fit
confidence-medium = it usually looks so
confidence-high = the reports say so

step-none = There is nothing to do.
step-custom-dkim = Have { $other } sign with DKIM as { $domain }: then the mail passes DMARC, forwarded or not.
step-custom-return-path = Have { $other } use a return path below { $domain }, so that SPF counts for it too. DKIM alone carries the mail today.
step-fix-dkim-key = Compare the key that { $domain } publishes for the selector { $selector } with the one that { $address } signs with.
step-check-dns = Check that the name servers of { $domain } answer, and quickly. Receivers could not look up { $copy }.
step-add-to-spf = If { $address } is yours or sends for you, add it to the SPF record of { $domain }.
step-shorten-spf = Have the SPF record of { $domain } need ten DNS look-ups at the most, and mend what is wrong in it.
step-fix-alignment = The mail is proven for { $other }, but strict alignment asks for { $domain } itself. Ask for relaxed alignment, or use { $domain }.
step-check-override = You cannot mend this for { $domain }. Check that receivers let the mail from { $address } through nevertheless, above all before you tighten the policy.
step-whose-address = Find out whether { $address } is yours or sends { $domain } mail for you. If not, it is forged, and a policy of quarantine or reject keeps it away.
step-last-hop-signs = Whoever changes the message last, before it leaves for the receiver, has to sign it as { $domain }. If { $address } is not yours, there is nothing to do but to check that receivers let it through.
step-authenticate-server = If { $address } is a server of yours, have it sign as { $domain } and list it in the SPF record.
step-gather-more = Wait for more reports that tell of { $domain } and { $address }.

step-somebody = whoever sends from { $address }
step-service = { $service } ({ $domain })
step-setting = { $service } calls the setting “{ $setting }”.
step-copy = To copy: { $copy }
step-absent = it
