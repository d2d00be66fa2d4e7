"""The demo city: fictional agencies, people, shootings and leads, the same rows for the same seed and time.

It writes rows directly, by COPY and with triggers off, instead of through actions: two years of a city are some hundred
thousand deeds, each of which would lock, ask a policy and be dated today. What triggers keep is filled in afterwards by
set-based statements (`derived`), or for the leads of the large crowd, made by all cores, beside each lead
(`crowd_seen`); `derived.broken_promises` says whether all of it holds.
"""
