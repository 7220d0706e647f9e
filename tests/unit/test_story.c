/* test_story: invented articles and their near-copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/report.h"
#include "story/story.h"

#include "base/banned.h"

static const char title[] = "Hoang mang vì tin vỡ đê sông Thái Bình trong đêm";
static const char body[] =
	"Đêm 22/11, nhiều người dân ven sông thức trắng sau khi một tài khoản mạng xã hội viết rằng đê đã vỡ "
	"tại "
	"khu vực xã Tiên Lãng. Đoạn viết được chia sẻ hàng nghìn lần chỉ trong hai giờ, kèm lời kêu gọi di "
	"dời ngay.\n"
	"Chị Hoa, bán hàng ở chợ, kể rằng cả xóm mang đồ đạc lên tầng hai và gọi cho người thân suốt đêm.\n"
	"Đến sáng 23/11 chưa có thông báo nào của cơ quan chức năng về việc này. Mực nước đo được lúc 6 giờ "
	"không "
	"được công bố. Người dân mong có câu trả lời rõ ràng trước khi con nước lớn buổi chiều lên.";
static const char edited[] = "Đêm 22/11, rất nhiều người dân ven sông thức trắng sau khi một tài khoản mạng "
			     "xã hội viết rằng đê đã vỡ "
			     "tại khu vực xã Tiên Lãng. Bài viết được chia sẻ hàng nghìn lần chỉ trong hai "
			     "giờ, kèm lời kêu gọi di dời "
			     "ngay.\nĐến sáng 23/11 chưa có thông báo nào của cơ quan chức năng về việc này. "
			     "Mực nước đo được lúc 6 giờ "
			     "không được công bố. Người dân mong có câu trả lời rõ ràng trước khi con nước "
			     "lớn buổi chiều lên.\nTheo "
			     "Cửa Cấm.";
static const char unlike[] =
	"Sáng 23/11, xã Tiên Lãng tổ chức diễn tập ứng phó sự cố vỡ đê với sự tham gia của hơn hai trăm "
	"người. Kịch "
	"bản giả định nước lũ dâng cao trong đêm, lực lượng dân quân phải đưa người già và trẻ em đến nơi an "
	"toàn. "
	"Ban tổ chức đánh giá các tổ phối hợp tốt, thời gian di dời ngắn hơn năm ngoái mười hai phút.";
static const char chinese[] =
	"海防市昨夜流传堤坝决口的消息，许多居民连夜搬到楼上。截至今天上午，有关部门尚未发布任何通报。"
	"当地一名商贩说，她整夜没有睡觉，一直在给亲戚打电话。专家提醒公众不要转发未经核实的内容。";
static const char chinese_edited[] =
	"海防市昨夜流传堤坝决口的消息，许多居民连夜搬到楼上。截至今天上午，有关部门尚未发布任何通报。"
	"一名商贩说，她整夜没有睡觉，一直在给亲戚打电话。专家再次提醒公众不要转发未经核实的内容。记者报道。";
static const char chinese_unlike[] =
	"海防市今年前十个月吸引外资三十二亿美元，同比增长百分之十五。市领导表示，新的深水港码头将于明年投入使"
	"用，"
	"预计货物吞吐量将继续上升。许多企业计划扩大投资规模，并在当地招聘更多技术工人。";

static struct fingerprint print_of(const char *t, const char *b)
{
	struct arena a = {0};
	struct report rep = {0};
	struct text x, y;
	struct fingerprint f;
	text_fold(&a, span_of(t), &x, &rep);
	text_fold(&a, span_of(b), &y, &rep);
	story_fingerprint(&x, &y, &f);
	report_release(&rep);
	arena_release(&a);
	return f;
}

static void copies_are_the_same_story(void **state)
{
	(void)state;
	struct fingerprint f = print_of(title, body);
	struct fingerprint other_title = print_of("Tin vỡ đê: thực hư ra sao?", body);
	struct fingerprint copy = print_of("Tin vỡ đê: thực hư ra sao?", edited);
	assert_true(f.known);
	assert_true(story_same(&f, &f));
	assert_true(story_resemblance(&f, &f) == 1);
	assert_true(story_same(&f, &other_title));
	assert_true(story_same(&f, &copy));
	assert_true(story_resemblance(&f, &copy) < 1);
}

static void writing_differently_changes_nothing(void **state)
{
	(void)state;
	/* tone marks in the other place, capitals, a line break */
	struct fingerprint a = print_of("",
		"Khánh Hoà: người dân Thuỷ Nguyên xôn xao, tin đồn lan truyền trên mạng xã hội suốt đêm qua");
	struct fingerprint b = print_of("", "KHÁNH HÒA: NGƯỜI DÂN THỦY NGUYÊN XÔN XAO, TIN ĐỒN LAN\nTRUYỀN "
					    "TRÊN MẠNG XÃ HỘI SUỐT ĐÊM QUA");
	assert_true(a.known);
	assert_true(story_resemblance(&a, &b) == 1);
}

static void other_stories_are_not(void **state)
{
	(void)state;
	struct fingerprint f = print_of(title, body),
			   g = print_of("Tiên Lãng diễn tập ứng phó vỡ đê", unlike);
	assert_false(story_same(&f, &g));
	assert_true(story_resemblance(&f, &g) < 0.15);
}

static void unspaced_scripts_are_told_apart(void **state)
{
	(void)state;
	struct fingerprint f = print_of("海防堤坝传言", chinese), copy = print_of("传言四起", chinese_edited);
	struct fingerprint other = print_of("海防吸引外资", chinese_unlike);
	assert_true(f.known);
	assert_true(story_same(&f, &copy));
	assert_true(story_resemblance(&f, &other) < 0.15);
}

static void a_short_text_has_no_fingerprint(void **state)
{
	(void)state;
	char hex[STORY_HEX + 1];
	struct fingerprint f = print_of("Tin vỡ đê", "Chưa rõ thực hư"), g = print_of(title, body);
	assert_false(f.known);
	assert_false(story_same(&f, &f));
	assert_false(story_same(&f, &g));
	fingerprint_format(&f, hex);
	assert_string_equal(hex, "");
}

static void fingerprints_go_round(void **state)
{
	(void)state;
	char hex[STORY_HEX + 1];
	struct fingerprint f = print_of(title, body), g;
	fingerprint_format(&f, hex);
	assert_int_equal(strlen(hex), STORY_HEX);
	assert_true(fingerprint_parse(span_of(hex), &g));
	assert_memory_equal(f.min, g.min, sizeof f.min);
	assert_true(g.known);
	hex[7] = 'G';
	assert_false(fingerprint_parse(span_of(hex), &g));
	assert_false(fingerprint_parse(SPAN("00"), &g));
	assert_false(fingerprint_parse((struct span){NULL, 0}, &g));
	assert_false(g.known);
}

/* The same on every machine and in every version: queues keep fingerprints for half a year. */
static void the_numbers_stay(void **state)
{
	(void)state;
	char hex[STORY_HEX + 1];
	struct fingerprint f = print_of("the quick brown fox",
		"one two three four five six seven eight nine ten eleven twelve thirteen");
	fingerprint_format(&f, hex);
	hex[32] = 0;
	assert_string_equal(hex, "56bfc32356bfc323d5334112b42637b8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(copies_are_the_same_story),
		cmocka_unit_test(writing_differently_changes_nothing),
		cmocka_unit_test(other_stories_are_not), cmocka_unit_test(unspaced_scripts_are_told_apart),
		cmocka_unit_test(a_short_text_has_no_fingerprint), cmocka_unit_test(fingerprints_go_round),
		cmocka_unit_test(the_numbers_stay)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
