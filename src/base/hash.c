/* hash: see hash.h. hash64 folds eight bytes a step with a 64x64 -> 128 bit multiplication, as the wyhash
 * family does. */
#include "base/hash.h"

#include <endian.h>
#include <sha256.h>
#include <string.h>

#include "base/sha256.h"

#include "base/banned.h"

/* Bytes from where on it pays to ask the processor for its features; a virtual machine answers slowly. */
enum { LONG = 4096 };

void sha256_hex(struct span s, char out[SHA256_HEX + 1])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX c;
	size_t whole = s.n >= LONG ? s.n / SHA256_BLOCK_LENGTH * SHA256_BLOCK_LENGTH : 0;
	SHA256Init(&c);
	if (whole && sha256_by_processor(c.state.st32, (const uint8_t *)s.p, whole / SHA256_BLOCK_LENGTH))
		c.bitcount[0] = (uint64_t)whole * 8;
	else
		whole = 0;
	if (s.n > whole)
		SHA256Update(&c, (const uint8_t *)s.p + whole, s.n - whole);
	SHA256Final(sum, &c);
	for (size_t i = 0; i < sizeof sum; i++) {
		out[2 * i] = hex[sum[i] >> 4];
		out[2 * i + 1] = hex[sum[i] & 15];
	}
	out[SHA256_HEX] = 0;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;
	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* Little-endian on every machine. */
static uint64_t load8(const char *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof v);
	return le64toh(v);
}

/* Fewer than eight bytes, the first lowest, without a loop. */
static uint64_t few(const char *p, size_t n)
{
	uint32_t a, b;
	if (n >= 4) {
		memcpy(&a, p, 4);
		memcpy(&b, p + n - 4, 4);
		return le32toh(a) | (uint64_t)le32toh(b) << 8 * (n - 4);
	}
	const unsigned char *u = (const unsigned char *)p;
	return u[0] | (uint64_t)u[n / 2] << 8 * (n / 2) | (uint64_t)u[n - 1] << 8 * (n - 1);
}

uint64_t hash64(struct span s, uint64_t seed)
{
	uint64_t h = seed ^ 0xA0761D6478BD642Fu ^ mix(s.n + 1, 0xE7037ED1A0B428DBu);
	size_t i = 0;
	for (; i + 8 <= s.n; i += 8)
		h = mix(h ^ load8(s.p + i), 0x8EBC6AF09C88C6E3u);
	if (i < s.n)
		h = mix(h ^ few(s.p + i, s.n - i), 0x589965CC75374CC3u);
	return mix(h, 0x1D8E4E27C47D124Fu);
}
