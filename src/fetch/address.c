/* address: where nobody may be led, and addresses made safe to pass on. The table is IANA's registries of
 * special-purpose addresses (IPv4: RFC 6890 and later, IPv6 likewise): all that is not globally reachable,
 * and multicast. IPv6 is turned round: what lies outside 2000::/3 is refused unless it carries an IPv4
 * address that is not. */
#include "fetch/fetch_priv.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "base/url.h"
#include "base/utf8.h"

#include "base/banned.h"

struct block4 {
	unsigned char net[4];
	int bits;
};

static const struct block4 private4[] = {
	{{0, 0, 0, 0}, 8},       /* this network */
	{{10, 0, 0, 0}, 8},      /* private */
	{{100, 64, 0, 0}, 10},   /* shared behind carriers' NAT */
	{{127, 0, 0, 0}, 8},     /* loopback */
	{{169, 254, 0, 0}, 16},  /* link-local; metadata of clouds */
	{{172, 16, 0, 0}, 12},   /* private */
	{{192, 0, 0, 0}, 24},    /* protocol assignments */
	{{192, 0, 2, 0}, 24},    /* documentation */
	{{192, 88, 99, 0}, 24},  /* 6to4 relays, given up */
	{{192, 168, 0, 0}, 16},  /* private */
	{{198, 18, 0, 0}, 15},   /* benchmarks */
	{{198, 51, 100, 0}, 24}, /* documentation */
	{{203, 0, 113, 0}, 24},  /* documentation */
	{{224, 0, 0, 0}, 4},     /* multicast */
	{{240, 0, 0, 0}, 4},     /* reserved; broadcast */
};

struct block6 {
	unsigned char net[16];
	int bits;
};

/* Within 2000::/3. */
static const struct block6 private6[] = {
	{{0x20, 0x01, 0x00}, 23},       /* 2001::/23, protocol assignments: Teredo, benchmarks, ORCHID */
	{{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
	{{0x20, 0x02}, 16},             /* 6to4 */
	{{0x3f, 0xff, 0x00}, 20},       /* documentation */
};

static bool starts_with(const unsigned char *a, const unsigned char *net, int bits)
{
	int whole = bits / 8, rest = bits % 8;
	unsigned char mask = (unsigned char)(0xFF << (8 - rest));
	return memcmp(a, net, (size_t)whole) == 0 && (!rest || (a[whole] & mask) == (net[whole] & mask));
}

static bool private_v4(const unsigned char *a)
{
	for (size_t i = 0; i < sizeof private4 / sizeof *private4; i++)
		if (starts_with(a, private4[i].net, private4[i].bits))
			return true;
	return false;
}

static bool private_v6(const unsigned char *a)
{
	static const unsigned char mapped[16] = {[10] = 0xFF, [11] = 0xFF},
				   nat64[16] = {0x00, 0x64, 0xFF, 0x9B};
	if (starts_with(a, mapped, 96) || starts_with(a, nat64, 96))
		return private_v4(a + 12);
	if ((a[0] & 0xE0) != 0x20)
		return true;
	for (size_t i = 0; i < sizeof private6 / sizeof *private6; i++)
		if (starts_with(a, private6[i].net, private6[i].bits))
			return true;
	return false;
}

bool sockaddr_private(const struct sockaddr *sa)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	switch (sa->sa_family) {
	case AF_INET:
		memcpy(&in, sa, sizeof in);
		return private_v4((const unsigned char *)&in.sin_addr);
	case AF_INET6:
		memcpy(&in6, sa, sizeof in6);
		return private_v6((const unsigned char *)&in6.sin6_addr);
	default:
		return true;
	}
}

bool fetch_address_private(const char *numeric)
{
	unsigned char a[16];
	if (inet_pton(AF_INET, numeric, a) == 1)
		return private_v4(a);
	if (inet_pton(AF_INET6, numeric, a) == 1)
		return private_v6(a);
	return true;
}

bool host_literally_private(struct span host)
{
	char name[256];
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST}, *list = NULL;
	bool bad = false;
	if (host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = span_cut(host, 1, host.n - 1);
	while (host.n && host.p[host.n - 1] == '.')
		host.n--;
	if (!host.n || host.n >= sizeof name)
		return true;
	if (span_is_ci(host, "localhost") ||
		(host.n > 10 && span_is_ci(span_cut(host, host.n - 10, host.n), ".localhost")))
		return true;
	memcpy(name, host.p, host.n);
	name[host.n] = 0;
	if (getaddrinfo(name, NULL, &hints, &list) != 0)
		return false; /* a name: who resolves it checks it */
	for (const struct addrinfo *i = list; i; i = i->ai_next)
		bad = bad || sockaddr_private(i->ai_addr);
	freeaddrinfo(list);
	return bad;
}

static bool host_safe(struct span host)
{
	for (size_t i = 0; i < host.n; i++)
		if ((unsigned char)host.p[i] <= 0x20 || host.p[i] == 0x7F ||
			strchr("\"<>\\^`{|}%@", host.p[i]))
			return false;
	return host.n && utf8_valid(host);
}

static bool port_valid(struct span port)
{
	int64_t n;
	return !port.n || (span_to_int64(port, &n) && n > 0 && n <= UINT16_MAX);
}

char *url_clean(struct arena *a, const char *base, struct span ref, char **user)
{
	struct url u;
	struct str out;
	char *whole = url_resolve(a, base, ref), *result = NULL;
	if (!whole || !url_is_web(whole) || !url_split(span_of(whole), &u) || !host_safe(u.host) ||
		!port_valid(u.port))
		return NULL;
	if (user)
		*user = u.user.n ? arena_dup(a, u.user) : NULL;
	str_init(&out, 0);
	str_add(&out, u.scheme);
	str_adds(&out, "://");
	str_add(&out, u.host);
	if (u.port.n) {
		str_addc(&out, ':');
		str_add(&out, u.port);
	}
	str_add(&out, u.path);
	if (u.query.p) {
		str_addc(&out, '?');
		str_add(&out, u.query);
	}
	result = arena_dup(a, str_span(&out));
	str_release(&out);
	return result;
}

char *url_host_port(struct arena *a, const char *url)
{
	struct url u;
	char *host = url_host(a, url);
	if (!host || !url_split(span_of(url), &u))
		return NULL;
	if (u.port.n)
		return host;
	return arena_printf(a, "%s:%s", host, span_is_ci(u.scheme, "https") ? "443" : "80");
}
