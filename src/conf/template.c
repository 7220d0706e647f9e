/* template: the configuration `soatin init` writes. A table of keys, each with its explanation in both
 * languages and the line it stands on; what most offices leave alone is commented out, so that the file shows
 * every key there is and what it would be. */
#include "conf/conf.h"

#include <string.h>

#include "base/err.h"
#include "base/str.h"

#include "base/banned.h"

struct part {
	const char *vi, *en; /* explanation, lines parted by \n; %1 slug, %2 name of the place, %3 language,
				%4 another slug */
	const char *yaml;    /* as written; may be several lines */
	bool off;            /* commented out */
};

static const struct part head = {
	"Cấu hình của soatin. Từng mục được giải thích trong soatin-config(5).\n"
	"Dòng bắt đầu bằng # là chú thích. Muốn dùng một mục đang để sau #, bỏ dấu # đó.\n"
	"Sửa xong, chạy \"soatin feeds list\": nếu viết sai, soatin chỉ ra dòng và cột.",
	"Configuration of soatin. Each key is explained in soatin-config(5).\n"
	"Lines that begin with # are comments. To use a key that stands behind #, take the # away.\n"
	"When done, run \"soatin feeds list\": a mistake is told with its line and column.",
	NULL, false};

static const struct part parts[] = {
	{"Địa phương theo dõi: %2. Nhiều nơi: places: [%1, %4]",
		"The watched place: %2. Several: places: [%1, %4]", "places: [%1]", false},
	{"Ngôn ngữ của bản điểm tin và thông báo khi LANG không nói gì: vi hoặc en.",
		"Language of digests and messages when LANG says nothing: vi or en.", "language: %3", false},
	{"Giờ của cơ quan, tính theo UTC.", "The office's clock, as hours from UTC.", "zone: '+07:00'",
		false},
	{"Nguồn tin: tệp hoặc thư mục, xem soatin-feeds(5). Không ghi thì dùng danh sách đi kèm chương "
	 "trình:\n"
	 "báo trung ương, báo của địa phương theo dõi, báo nước ngoài và tìm kiếm tin.\n"
	 "Đường dẫn tính từ thư mục chứa tệp này.",
		"Sources: files or folders, see soatin-feeds(5). Without this, the list that comes with the "
		"program:\n"
		"national papers, the papers of the watched place, foreign papers and news search.\n"
		"Paths count from the folder this file lies in.",
		"feeds: [feeds]", true},
	{"Quy tắc: tệp hoặc thư mục, xem soatin-rules(5). Không ghi thì dùng bộ quy tắc đi kèm chương trình.",
		"Rules: files or folders, see soatin-rules(5). Without this, the rules that come with the "
		"program.",
		"rules: [rules]", true},
	{"Địa danh riêng của cơ quan, thêm vào danh mục đi kèm.",
		"Place names of the office's own, added to those that come with the program.",
		"own_places: [places.yaml]", true},
	{"Cơ sở dữ liệu của hàng chờ. Không ghi thì là ~/.local/share/soatin/queue.db. Ghi đường dẫn đầy đủ.",
		"The database of the queue. Without this, ~/.local/share/soatin/queue.db. Write the whole "
		"path.",
		"queue: /srv/soatin/queue.db", true},
	{"Thư mục giữ bản gốc các trang đã tải (WARC) để làm bằng chứng.",
		"Folder that keeps the pages as they were fetched (WARC), as proof.",
		"archive: /srv/soatin/archive", true},
	{"Địa chỉ để chủ trang web liên hệ khi cần; được gửi kèm mỗi lần tải.",
		"Where the owner of a site can write to; sent with every request.",
		"contact: truc-ban@example.org", true},
	{"Tên chương trình gửi cho các trang. Không ghi thì là soatin, phiên bản và contact ở trên.",
		"What the program calls itself to sites. Without this: soatin, its version and the contact "
		"above.",
		"user_agent: 'soatin (+mailto:truc-ban@example.org)'", true},
	{"Máy chủ ủy quyền: http://, https://, socks5:// hoặc socks5h://.",
		"Proxy: http://, https://, socks5:// or socks5h://.", "proxy: http://proxy.example.org:3128",
		true},
	{"Giữ lịch sự với các trang: số lượt tải cùng lúc trên một máy chủ (1 đến 16), khoảng cách giữa hai "
	 "lượt\n"
	 "tính bằng phần nghìn giây, và thời gian chờ tối đa của một lượt.",
		"Politeness: requests at once to one host (1 to 16), milliseconds between two requests to "
		"it,\n"
		"and the longest a request may take.",
		"per_host: 2\ngap_ms: 1000\ntimeout: 30s", true},
	{"Gửi bản điểm tin bằng thư: soatin digest --mail. Mật khẩu nằm trong một tệp riêng chỉ mình đọc "
	 "được "
	 "(chmod 600).",
		"Mail for the digest: soatin digest --mail. The password lies in a file of its own (chmod "
		"600).",
		"mail:\n  from: soatin@example.org\n  to: [truc-ban@example.org, lanh-dao@example.org]\n"
		"  smtp: smtps://mail.example.org:465\n  user: soatin@example.org\n  password_file: "
		"mail-password",
		true},
};

/* text with %1 to %4 replaced, every line behind `prefix`. */
static void put_lines(struct str *out, const char *prefix, const char *text, const char *const args[4])
{
	struct span rest = span_of(text), line;
	while (span_next(&rest, '\n', &line)) {
		str_adds(out, prefix);
		for (size_t i = 0; i < line.n; i++) {
			if (line.p[i] == '%' && i + 1 < line.n && line.p[i + 1] >= '1' &&
				line.p[i + 1] <= '4')
				str_adds(out, args[line.p[++i] - '1']);
			else
				str_addc(out, line.p[i]);
		}
		str_addc(out, '\n');
	}
}

char *settings_template(struct arena *a, const char *place_slug, const char *place_name, const char *language)
{
	struct str s = {0};
	bool vi = strcmp(language, "vi") == 0;
	const char *const args[4] = {place_slug, place_name, vi ? "vi" : "en",
		strcmp(place_slug, "quang-ninh") == 0 ? "hai-phong" : "quang-ninh"};
	put_lines(&s, "# ", vi ? head.vi : head.en, args);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		str_addc(&s, '\n');
		put_lines(&s, "# ", vi ? parts[i].vi : parts[i].en, args);
		put_lines(&s, parts[i].off ? "#" : "", parts[i].yaml, args);
	}
	char *text = arena_dup(a, str_span(&s));
	str_release(&s);
	return text;
}
