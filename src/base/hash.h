/* hash: SHA-256 (FIPS 180-4, by libmd) for proof and identity, and a fast 64-bit hash for tables and
 * fingerprints. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

enum { SHA256_HEX = 64 }; /* characters, without the NUL */

void sha256_hex(struct span s, char out[SHA256_HEX + 1]); /* lower case, NUL-terminated */
uint64_t hash64(
	struct span s, uint64_t seed); /* stable over runs and machines for the same seed; not for secrets */

#endif
