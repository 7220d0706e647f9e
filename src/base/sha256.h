/* sha256: what hash.c asks of the processor. Nobody else includes it. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Takes blocks of 64 bytes into the state with the processor's own instructions for SHA-256; false when it
 * has none, and nothing is done. */
bool sha256_by_processor(uint32_t state[8], const unsigned char *p, size_t blocks);

#endif
