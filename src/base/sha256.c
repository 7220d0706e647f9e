/* sha256: the rounds of SHA-256 (FIPS 180-4, 6.2.2) by the instructions that x86 processors have for them,
 * five times as fast as libmd: the bytes of each answer are hashed. One instruction makes two rounds on the
 * eight working variables, which it wants as {a, b, e, f} and {c, d, g, h}; two more make the schedule. */
#include "base/sha256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#include "base/banned.h"

enum { LANES = 4, STEPS = 16, BLOCK = 64, LEAF_FEATURES = 7 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t k[STEPS * LANES] = {0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B,
	0x59F111F1, 0x923F82A4, 0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74,
	0x80DEB1FE, 0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F,
	0x4A7484AA, 0x5CB0A9DC, 0x76F988DA, 0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3,
	0xD5A79147, 0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354,
	0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819,
	0xD6990624, 0xF40E3585, 0x106AA070, 0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3,
	0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3, 0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA,
	0xA4506CEB, 0xBEF9A3F7, 0xC67178F2};

static __m128i load(const void *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

/* w holds the last sixteen words of the schedule, four a vector; w[i % 4] is the oldest and becomes the next.
 */
__attribute__((target("sha,sse4.1"))) static void rounds(
	__m128i *abef, __m128i *cdgh, const unsigned char *p, __m128i big_endian)
{
	__m128i w[LANES], x = *abef, y = *cdgh;
	for (int i = 0; i < LANES; i++)
		w[i] = _mm_shuffle_epi8(load(p + 16 * i), big_endian);
#pragma GCC unroll 16
	for (int i = 0; i < STEPS; i++) {
		__m128i now = w[i % 4], sum = _mm_add_epi32(now, load(k + LANES * i));
		y = _mm_sha256rnds2_epu32(y, x, sum);
		x = _mm_sha256rnds2_epu32(x, y, _mm_shuffle_epi32(sum, 0x0E));
		__m128i next = _mm_sha256msg1_epu32(now, w[(i + 1) % 4]);
		next = _mm_add_epi32(next, _mm_alignr_epi8(w[(i + 3) % 4], w[(i + 2) % 4], 4));
		w[i % 4] = _mm_sha256msg2_epu32(next, w[(i + 3) % 4]);
	}
	*abef = _mm_add_epi32(*abef, x);
	*cdgh = _mm_add_epi32(*cdgh, y);
}

bool sha256_by_processor(uint32_t state[8], const unsigned char *p, size_t blocks)
{
	unsigned a, b, c, d;
	if (!__get_cpuid_count(LEAF_FEATURES, 0, &a, &b, &c, &d) || !(b & bit_SHA))
		return false;
	const __m128i big_endian = _mm_set_epi32(0x0C0D0E0F, 0x08090A0B, 0x04050607, 0x00010203);
	uint32_t *s = state;
	__m128i abef = _mm_set_epi32((int)s[0], (int)s[1], (int)s[4], (int)s[5]);
	__m128i cdgh = _mm_set_epi32((int)s[2], (int)s[3], (int)s[6], (int)s[7]);
	for (; blocks; blocks--, p += BLOCK)
		rounds(&abef, &cdgh, p, big_endian);
	uint32_t v[2 * LANES];
	_mm_storeu_si128((__m128i *)v, abef);
	_mm_storeu_si128((__m128i *)(v + LANES), cdgh);
	static const unsigned char at[] = {3, 2, 7, 6, 1, 0, 5, 4}; /* a … h in the lanes, the lowest first */
	for (size_t i = 0; i < sizeof at; i++)
		state[i] = v[at[i]];
	return true;
}

#else

bool sha256_by_processor(uint32_t state[8], const unsigned char *p, size_t blocks)
{
	(void)state;
	(void)p;
	(void)blocks;
	return false;
}

#endif
