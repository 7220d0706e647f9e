/* limits: every limit of the program: name, value with unit, why this number, what happens above it. `soatin
 * limits` prints them. Most numbers come from measurements on Debian 12 with libxml2 2.9.14, curl 7.88,
 * PCRE2 10.42 (a bomb or a slow case was built, and the limit set an order of magnitude below where it hurt
 * and above what real news needs). */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* LIMIT(NAME, value, unit, English: why, and what happens above it) */
#define LIMITS(LIMIT)                                                                                        \
	LIMIT(BODY_MAX, 8388608, "bytes",                                                                    \
		"one answer, as sent and as decoded; above: its beginning is read")                          \
	LIMIT(UNPACK_RATIO_MAX, 100, "bytes",                                                                \
		"that one compressed byte may yield, once more than BODY_MAX came; above: the feed is "      \
		"refused")                                                                                   \
	LIMIT(CODINGS_MAX, 5, "codings", "content codings laid over each other; above: the body is refused") \
	LIMIT(HEADERS_MAX, 131072, "bytes", "all headers of one answer; above: the source fails")            \
	LIMIT(REDIRECTS_MAX, 5, "hops", "redirects of one request; above: the source fails")                 \
	LIMIT(FETCH_SECONDS, 30, "seconds",                                                                  \
		"one request from connect to last byte; above: the source fails")                            \
	LIMIT(FETCH_CONNECT_SECONDS, 10, "seconds", "connecting; above: the source fails")                   \
	LIMIT(FETCH_PARALLEL, 64, "transfers", "transfers at once; above: they wait")                        \
	LIMIT(FETCH_PER_HOST, 2, "transfers", "transfers at once per host; above: they wait")                \
	LIMIT(FETCH_LOW_SPEED, 16, "bytes/s",                                                                \
		"slowest answer waited for, over FETCH_LOW_SECONDS; below: the source fails")                \
	LIMIT(FETCH_LOW_SECONDS, 20, "seconds", "how long an answer may be slower than FETCH_LOW_SPEED")     \
	LIMIT(FETCH_SPOOL_AT, 131072, "bytes",                                                               \
		"of an answer held in memory while it comes; above: it goes to a temporary file")            \
	LIMIT(FETCH_HOST_FAILURES, 3, "requests",                                                            \
		"in a row that a host did not answer; above: not asked again in this run")                   \
	LIMIT(ROBOTS_MAX, 512000, "bytes",                                                                   \
		"of a robots.txt that are read; above: the rest is not (RFC 9309)")                          \
	LIMIT(ROBOTS_RULES_MAX, 10000, "rules", "of a robots.txt that are kept; above: the rest is not")     \
	LIMIT(ROBOTS_STEPS, 4000000, "steps",                                                                \
		"comparing one address with robots.txt; above: it is not asked for")                         \
	LIMIT(CRAWL_DELAY_MAX, 10, "seconds", "Crawl-delay of a robots.txt; above: taken as this")           \
	LIMIT(VALIDATOR_MAX, 1024, "bytes",                                                                  \
		"ETag or Last-Modified kept and sent back; above: asked without")                            \
	LIMIT(RETRY_AFTER_MAX, 86400, "seconds", "Retry-After honoured; above: taken as this")               \
	LIMIT(URL_MAX, 4096, "bytes", "an address; above: dropped with a remark")                            \
	LIMIT(TAG_MAX, 65536, "bytes",                                                                       \
		"one tag with its attributes; above: the feed is refused, the page goes on")                 \
	LIMIT(ATTRS_MAX, 256, "attributes",                                                                  \
		"attributes of one tag; above: the feed is refused, the page goes on")                       \
	LIMIT(DEPTH_MAX, 200, "levels", "nesting of XML elements; above: what is nested deeper is left out") \
	LIMIT(DEPTH_SKIP_MAX, 10000, "levels",                                                               \
		"nesting of XML elements left out; above: the document is refused")                          \
	LIMIT(NAMESPACES_MAX, 200, "namespaces",                                                             \
		"namespaces in force at once; above: the document is refused")                               \
	LIMIT(DTD_MAX, 65536, "bytes",                                                                       \
		"the part of a DTD that stands in the document itself; above: the document is refused")      \
	LIMIT(DTD_ENTITIES_MAX, 512, "entities",                                                             \
		"entities such a DTD declares; above: the document is refused")                              \
	LIMIT(ENTITY_TEXT_MAX, 1024, "bytes",                                                                \
		"text of an entity the document declares itself; above: refused when used")                  \
	LIMIT(ENTITIES_TEXT_MAX, 65536, "bytes",                                                             \
		"text all its own entities put into one document; above: refused")                           \
	LIMIT(HTML_DEPTH_MAX, 200, "levels",                                                                 \
		"nesting of HTML elements; above: children join the last level")                             \
	LIMIT(HTML_NODES_MAX, 150000, "nodes",                                                               \
		"nodes of one page; above: the rest is left out, with a remark")                             \
	LIMIT(HTML_TEXT_MAX, 4718592, "bytes",                                                               \
		"text of one page, shown or not; above: the rest is left out, with a remark")                \
	LIMIT(ENTRIES_MAX, 5000, "entries",                                                                  \
		"entries of one feed; above: the rest is left out, with a remark")                           \
	LIMIT(SITEMAPS_MAX, 50, "sitemaps",                                                                  \
		"of one source asked for in one scan; above: the rest the next time")                        \
	LIMIT(SITEMAP_DEPTH_MAX, 3, "levels", "of sitemaps that lead to sitemaps; above: not followed")      \
	LIMIT(SITEMAP_PAGES_MAX, 200, "pages",                                                               \
		"of one sitemap source fetched in one scan; above: the rest the next time")                  \
	LIMIT(SITEMAP_DAYS, 7, "days",                                                                       \
		"since a page of a sitemap changed; above: it is no news and not fetched")                   \
	LIMIT(SECTION_LINKS_MAX, 200, "links",                                                               \
		"to articles taken from a front or section page; above: the first ones, with a remark")      \
	LIMIT(TEXT_MAX, 4194304, "bytes", "text of one article; above: cut, with a remark")                  \
	LIMIT(TITLE_MAX, 4096, "bytes", "title; above: cut")                                                 \
	LIMIT(SUMMARY_MAX, 65536, "bytes", "summary; above: cut")                                            \
	LIMIT(ENTRY_CONTEXT_MAX, 8192, "bytes",                                                              \
		"Soatin-Entry field of a WARC record; above: the summary is cut")                            \
	LIMIT(LINE_MAX_BYTES, 16777216, "bytes", "one NDJSON line; above: the line is put aside")            \
	LIMIT(JSON_DEPTH_MAX, 64, "levels", "nesting of JSON; above: the document is refused")               \
	LIMIT(JSON_OBJECTS_MAX, 200000, "objects", "objects of one JSON document; above: it is refused")     \
	LIMIT(JSON_VALUES_MAX, 2000000, "values", "values of one JSON document; above: it is refused")       \
	LIMIT(WARC_RECORD_MAX, 16777216, "bytes", "one WARC record; above: the record is put aside")         \
	LIMIT(WARC_HEAD_MAX, 65536, "bytes", "headers of one WARC record; above: the record is put aside")   \
	LIMIT(MARKS_RUN_MAX, 30, "code points",                                                              \
		"combining marks in a row (UAX #15 stream-safe); above: dropped")                            \
	LIMIT(PARAGRAPH_MAX, 4096, "bytes", "what a regular expression sees at once; above: seen in pieces") \
	LIMIT(RULE_MATCH_LIMIT, 100000, "steps",                                                             \
		"PCRE2 match limit; above: the rule failed on this article")                                 \
	LIMIT(RULE_REGEX_MAX, 2048, "bytes", "one regular expression; above: refused")                       \
	LIMIT(RULE_REGEX_SLOW, 20000, "microseconds",                                                        \
		"a regular expression on its worst paragraph; above: the tests fail")                        \
	LIMIT(RULE_REGEX_TIME, 30000, "microseconds",                                                        \
		"of one regular expression on one paragraph; above: the rule failed on this article")        \
	LIMIT(RULE_WORDLESS_COST, 1000, "microseconds",                                                      \
		"for a megabyte, of an expression that no word leads to; above: told by rules check")        \
	LIMIT(RULE_ARTICLE_TIME, 1000000, "microseconds",                                                    \
		"of all regular expressions on one article; above: the rules left failed on it")             \
	LIMIT(RULE_WORD_MAX, 256, "bytes", "one word or phrase of a rule; above: refused")                   \
	LIMIT(RULE_TERMS_MAX, 32, "terms", "terms of one rule; above: refused")                              \
	LIMIT(RULE_NODES_MAX, 512, "parts", "parts of one condition; above: refused")                        \
	LIMIT(RULE_DEPTH_MAX, 32, "levels", "nesting of one condition; above: refused")                      \
	LIMIT(RULE_DISTANCE_MAX, 1000, "words",                                                              \
		"distance of near and before, in words or sentences; above: refused")                        \
	LIMIT(RULE_POINTS_MAX, 1000, "points", "that a word of one term adds or takes away; above: refused") \
	LIMIT(RULE_POINTS_REACH, 10000, "points", "that a term may ask for; above: refused")                 \
	LIMIT(RULE_POINTS_WITHIN, 4, "sentences", "in which points are added up, where a rule does not say") \
	LIMIT(RULE_WEIGHT_MAX, 100, "points", "weight of one rule; above: refused")                          \
	LIMIT(RULE_LEAD_SENTENCES, 3, "sentences", "of the first paragraph that count as lead; above: body") \
	LIMIT(RULE_POINTS_HITS, 256, "hits",                                                                 \
		"of words with the same points in one article; above: not counted")                          \
	LIMIT(RULE_HITS_MAX, 4096, "hits", "of one list of words in one article; above: not looked at")      \
	LIMIT(RULE_QUOTES_MAX, 8, "quotes", "shown with one flag; above: left out")                          \
	LIMIT(RULES_MAX, 20000, "rules", "rules of one set; above: refused")                                 \
	LIMIT(CONF_FILE_MAX, 4194304, "bytes", "one YAML file; above: refused")                              \
	LIMIT(CONF_DEPTH_MAX, 32, "levels", "nesting of YAML; above: refused")                               \
	LIMIT(WORKER_MEMORY, 536870912, "bytes",                                                             \
		"address space of one worker; above: its record is put aside")                               \
	LIMIT(WORKER_CPU_SECONDS, 5, "seconds", "CPU time on one record; above: its record is put aside")    \
	LIMIT(WORKER_WALL_SECONDS, 10, "seconds", "time on one record; above: its record is put aside")      \
	LIMIT(QUEUE_BUSY_MS, 5000, "milliseconds",                                                           \
		"waiting for another writer of the queue; above: busy, try again")                           \
	LIMIT(QUEUE_CHECK_WHOLE, 536870912, "bytes",                                                         \
		"queue a reader checks whole; above: all but the article lines")                             \
	LIMIT(STORY_DAYS, 14, "days", "an article is sought among copies so long; above: it is forgotten")   \
	LIMIT(STORY_DAYS_FLAGGED, 180, "days",                                                               \
		"the same for a flagged one, by flagged ones; above: a new story")                           \
	LIMIT(ARTICLE_VERSIONS_MAX, 16, "versions",                                                          \
		"older texts kept of one article; above: the oldest goes")                                   \
	LIMIT(REPORT_MAX_PER_ID, 8, "remarks",                                                               \
		"remarks of one kind per record told with place; above: counted")                            \
	LIMIT(DIGEST_HTML_MAX, 102400, "bytes",                                                              \
		"HTML part of a digest mail (mail readers cut there); above: shortened")                     \
	LIMIT(DIGEST_TEXT_MAX, 262144, "bytes", "text part of a digest mail; above: shortened")

enum {
#define LIMIT_ENUM(name, value, unit, why) name = value,
	LIMITS(LIMIT_ENUM)
#undef LIMIT_ENUM
};

#endif
