/* test_news: dates as they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "news/news.h"

#include "base/banned.h"

static void dates_are_read_in_many_forms(void **state)
{
	(void)state;
	static const struct {
		const char *in, *country, *out; /* out as stamp_format writes it; "": not a date */
	} cases[] = {
		/* RFC 822 and its slips */
		{"Wed, 15 Jun 2005 19:00:00 GMT", NULL, "2005-06-15T19:00:00Z"},
		{"Tue, 26 Jul 2005 09:00:00 -0700", NULL, "2005-07-26T09:00:00-07:00"},
		{"  Tue,  2 Aug 2005 12:09 -0700", NULL, "2005-08-02T12:09:00-07:00"},
		{"Thu, 15 Oct 26 23:21:00 +07:00", NULL, "2026-10-15T23:21:00+07:00"},
		{"Saturday, 23 May 2026 23:48:00 +0700", NULL, "2026-05-23T23:48:00+07:00"},
		{"Tue, 19 May 2026 03:58:00 GMT+7", NULL, "2026-05-19T03:58:00+07:00"},
		{"Tue, 19 May 2026 03:58:00 UTC +07:00", NULL, "2026-05-19T03:58:00+07:00"},
		{"Thu, 05 Nov 2026 0:00:01 EST", NULL, "2026-11-05T00:00:01-05:00"},
		{"Sun, 20 Apr 2014 8:19 pm CEST", NULL, "2014-04-20T20:19:00+02:00"},
		{"Sun, 20 Apr 2014 12:19 a.m. CEST", NULL, "2014-04-20T00:19:00+02:00"},
		{"Fri, 11 Mar 2016 01:15:00 +3000", NULL, "2016-03-09T19:15:00Z"},
		{"Fri, 13 Mar 2026 20:49:00 -0000", NULL, "2026-03-13T20:49:00Z"},
		{"Mon Jan 26 16:31:00 EST 2004", NULL, "2004-01-26T16:31:00-05:00"},
		{"Friday, January 29, 2021 04:42 PM", NULL, "2021-01-29T16:42:00Z"},
		{"5 November 2025 - 09:01", NULL, "2025-11-05T09:01:00Z"},
		{"Seg, 24 Set 2018 19:42:40 -0300", NULL, "2018-09-24T19:42:40-03:00"},
		{"Do, 22 Dez 2016 17:36:00 +0000", NULL, "2016-12-22T17:36:00Z"},
		{"mar., 3 févr. 2026 10:00 +0100", NULL, "2026-02-03T10:00:00+01:00"},
		{"Пн, 23 Ноября 2026 08:15:00 +0300", NULL, "2026-11-23T08:15:00+03:00"},
		/* ISO 8601 */
		{"2026-11-22T06:30:00+07:00", NULL, "2026-11-22T06:30:00+07:00"},
		{"2007-11-22T16:37:23.000-08:00", NULL, "2007-11-22T16:37:23-08:00"},
		{"2026-02-18T02:18:12.038675123456789123Z", NULL, "2026-02-18T02:18:12Z"},
		{"2006-01-17T12:35:9+01:00", NULL, "2006-01-17T12:35:09+01:00"},
		{"2026-09-28 07:42:00 +0700", NULL, "2026-09-28T07:42:00+07:00"},
		{"2001-01-01T00:00+00:00", NULL, "2001-01-01T00:00:00Z"},
		{"20261122T063000Z", NULL, "2026-11-22T06:30:00Z"},
		{"20261122", NULL, "2026-11-22"},
		{"20261122063000", "VN", "2026-11-22T06:30:00+07:00"},
		{"2026-11-22", NULL, "2026-11-22"},
		{"2026-11", NULL, "2026-11-01"},
		{"2002", NULL, "2002-01-01"},
		{"2003-365", NULL, "2003-12-31"},
		{"2026-11-22T24:00:00Z", NULL, "2026-11-23T00:00:00Z"},
		/* Vietnamese */
		{"Thứ Hai, 22/11/2026 - 06:30", "VN", "2026-11-22T06:30:00+07:00"},
		{"Thứ Năm, 02/04/2026 08:15:00 GMT+7", NULL, "2026-04-02T08:15:00+07:00"},
		{"Thứ 2, 23/11/2026, 08:15 (GMT+7)", NULL, "2026-11-23T08:15:00+07:00"},
		{"T2, 23/11/2026 | 8:15", "VN", "2026-11-23T08:15:00+07:00"},
		{"22-11-2026 06:30", "VN", "2026-11-22T06:30:00+07:00"},
		{"06:30 - 22/11/2026", "VN", "2026-11-22T06:30:00+07:00"},
		{"06:30 -22/11/2026", "VN", "2026-11-22T06:30:00+07:00"},
		{"6h30 ngày 22/11/2026", "VN", "2026-11-22T06:30:00+07:00"},
		{"22/11/2026 06h", "VN", "2026-11-22T06:00:00+07:00"},
		{"6 giờ 30 phút, ngày 22 tháng 11 năm 2026", "VN", "2026-11-22T06:30:00+07:00"},
		{"22 Tháng 11, 2026", "VN", "2026-11-22"},
		{"Th11 22, 2026", "VN", "2026-11-22"},
		{"22/11/2026 1:05:00 CH", "VN", "2026-11-22T13:05:00+07:00"},
		{"05/06/2026 10:00", "VN", "2026-06-05T10:00:00+07:00"},
		/* neighbours and America */
		{"2026年11月22日 06:30", "CN", "2026-11-22T06:30:00+08:00"},
		{"2026-05-28 오후 11:23:17", "KR", "2026-05-28T23:23:17+09:00"},
		{"22 พฤศจิกายน 2569 06:30", "TH", "2026-11-22T06:30:00+07:00"},
		{"22.11.2022 12:16:00", NULL, "2022-11-22T12:16:00Z"},
		{"8/21/2018 9:00:00 AM", NULL, "2018-08-21T09:00:00Z"},
		{"December 23, 2023 — 5.30am", NULL, "2023-12-23T05:30:00Z"},
		{"23 December 2023 at 5.30 pm", NULL, "2023-12-23T17:30:00Z"},
		{"24 نيسان / أبريل 2020 09:22", NULL, "2020-04-24T09:22:00Z"},
		{"3 października 2026", NULL, "2026-10-03"},
		{"5 Ağustos 2026, 08:15", "TR", "2026-08-05T08:15:00+03:00"},
		{"12. prosince 2026", NULL, "2026-12-12"},
		{"8/5/2018 9:00:00 PM", "VN", "2018-08-05T21:00:00+07:00"},
		{"10/06/2026 02:06:00 PM", NULL, "2026-10-06T14:06:00Z"},
		{"05/06/2026", "US", "2026-05-06"},
		{"Fri, 05/06/2026", "US", "2026-06-05"},
		/* epoch */
		{"1783619100", NULL, "2026-07-09T17:45:00Z"},
		{"1783619100000", NULL, "2026-07-09T17:45:00Z"},
		/* no dates */
		{"Tue,", NULL, ""},
		{"", NULL, ""},
		{"now", NULL, ""},
		{"2026年11月23日 08時15分", "JP", "2026-11-23T08:15:00+09:00"},
		{"2026年11月23日8点15分20秒", "CN", "2026-11-23T08:15:20+08:00"},
		{"2026년 11월 23일 오후 8시 15분", "KR", "2026-11-23T20:15:00+09:00"},
		{"3 giờ trước", "VN", ""},
		{"22/11 06:30", "VN", ""},
		{"0000-00-00 00:00:00", NULL, ""},
		{"Mon, 01 Jan 0001 00:00:00 +0000", NULL, ""},
		{"31/02/2026", NULL, ""},
		{"2026-11-22T25:00:00Z", NULL, ""},
		{"06:30", NULL, ""},
		{"12", NULL, ""},
		{"99999999999999999999999", NULL, ""},
		{"-1", NULL, ""},
		{"1.2.3.4.5", NULL, ""},
		/* sentences with numbers */
		{"rund 1,4 Millionen Euro 2025/2026", NULL, ""},
		{"2026 Lanza MX-5", NULL, ""},
		{"5 Min. 22.11.2026", NULL, ""},
		{"14. - 20. Januar 2026", NULL, ""},
		{"December 22, 2026 Updated: January 02, 2027", NULL, ""},
		{"ngày 22 tháng 11 năm 2026", NULL, "2026-11-22"},
		{"Chủ nhật, 22 Tháng Mười Một 2026", NULL, "2026-11-22"},
		{"12 tháng Ba 2026", NULL, "2026-03-12"},
		{"12/3/2026 6:30:12 CH", "VN", "2026-03-12T18:30:12+07:00"},
		{"12/3/2026 6:30:12 PM", NULL, "2026-12-03T18:30:12Z"},
		{"22. marts 2026 kl. 6.30", NULL, "2026-03-22T06:30:00Z"},
		{"22.11.2026 klo 6.30", NULL, "2026-11-22T06:30:00Z"},
		{"22 Μαρτίου 2026", NULL, "2026-03-22"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stamp s;
		char text[STAMP_MAX];
		bool read = date_read(span_of(cases[i].in), cases[i].country, NULL, &s);
		stamp_format(s, text);
		if (strcmp(text, cases[i].out) != 0 || read != (*text != 0))
			fail_msg("%s: %s, not %s", cases[i].in, text, cases[i].out);
	}
}

static void zones_are_written_assumed_or_unknown(void **state)
{
	(void)state;
	struct stamp s;
	assert_true(date_read(SPAN("22/11/2026 06:30"), "VN", NULL, &s));
	assert_true(s.zone_known);
	assert_true(date_read(SPAN("22/11/2026 06:30"), "FR", NULL, &s));
	assert_false(s.zone_known);
	assert_int_equal(s.zone, 0);
	assert_true(date_read(SPAN("22/11/2026 06:30 +0100"), "VN", NULL, &s));
	assert_int_equal(s.zone, 60);
	assert_true(date_read(SPAN("05/06/2026"), NULL, "en-US", &s));
	assert_int_equal(civil_from(s.at, 0).month, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_in_many_forms),
		cmocka_unit_test(zones_are_written_assumed_or_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
