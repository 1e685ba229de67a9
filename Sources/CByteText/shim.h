// Instructions that Swift cannot name, for processors that have them.
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>

/// Whether the processor has the instructions of AVX2 and BMI2.
static inline int leakgate_has_vectors(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

/// Whether eight loads from addresses in a vector cost less than eight by themselves: they do where there is AVX2, but for the
/// processors of Intel that hold them back so that they tell nothing of others' data (Gather Data Sampling, INTEL-SA-00828);
/// those that need not do so have AVX-VNNI.
static inline int leakgate_gathers_fast(void) {
  return leakgate_has_vectors() && (__builtin_cpu_supports("avxvnni") || __builtin_cpu_is("amd"));
}

/// `GramFilter.pass` for eight places at once.
__attribute__((target("avx2,bmi2"))) static inline size_t leakgate_pass_grams(
    const uint32_t *table, const uint8_t *base, size_t from, size_t to, uint32_t *list) {
  const __m256i fold = _mm256_set1_epi32(0x5F5F5F5F);
  const __m256i factor = _mm256_set1_epi32((int)0x9E3779B1);
  const __m256i spread = _mm256_setr_epi8(
      0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7, 8, 9, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7, 8, 9);
  size_t count = 0;
  for (size_t place = from; place < to; place += 16) {
    const __m128i low = _mm_loadu_si128((const __m128i *)(base + place));
    const __m128i high = _mm_loadu_si128((const __m128i *)(base + place + 8));
    const __m256i grams = _mm256_shuffle_epi8(_mm256_set_m128i(high, low), spread);
    const __m256i hash = _mm256_mullo_epi32(_mm256_and_si256(grams, fold), factor);
    const __m256i words = _mm256_i32gather_epi32((const int *)table, _mm256_srli_epi32(hash, 15), 4);
    const __m256i bit = _mm256_and_si256(_mm256_srli_epi32(hash, 10), _mm256_set1_epi32(31));
    const __m256i signs = _mm256_slli_epi32(_mm256_srlv_epi32(words, bit), 31);
    const uint64_t passed = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(signs));
    // The distances of those that pass, one behind the other.
    const uint64_t lanes = _pdep_u64(passed, 0x0101010101010101) * 0xFF;
    const __m128i distances = _mm_cvtsi64_si128((long long)_pext_u64(0x0E0C0A0806040200, lanes));
    const __m256i places = _mm256_add_epi32(_mm256_cvtepu8_epi32(distances), _mm256_set1_epi32((int)place));
    _mm256_storeu_si256((__m256i *)(list + count), places);
    count += (size_t)__builtin_popcount((unsigned)passed);
  }
  return count;
}

/// The classes of a block's bytes that `leakgate_classes` tells: digits of base64 in either alphabet; `\\`; `%` and `&`.
#define LEAKGATE_DIGITS 0x1F
#define LEAKGATE_SIGNS 0x60

/// For each byte the classes both of its halves allow: those of its lower four bits by those of its upper four.
__attribute__((target("avx2"))) static inline __m256i leakgate_classes(__m256i bytes) {
  const __m256i lower = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      0x0A, 0x0E, 0x0E, 0x0E, 0x0E, 0x4E, 0x4E, 0x0E, 0x0E, 0x0E, 0x0C, 0x05, 0x24, 0x05, 0x04, 0x15));
  const __m256i upper = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      0, 0, 0x41, 0x02, 0x04, 0x38, 0x04, 0x08, 0, 0, 0, 0, 0, 0, 0, 0));
  const __m256i halves = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
  return _mm256_and_si256(_mm256_shuffle_epi8(lower, bytes), _mm256_shuffle_epi8(upper, halves));
}

/// A bit for each byte that is of none of some classes.
__attribute__((target("avx2"))) static inline uint32_t leakgate_others(__m256i classes, char wanted) {
  const __m256i found = _mm256_and_si256(classes, _mm256_set1_epi8(wanted));
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
}

/// A bit for each byte that is this one.
__attribute__((target("avx2"))) static inline uint32_t leakgate_equal(__m256i bytes, char byte) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte)));
}

/// A bit for each byte from a lower end on, so many behind it included.
__attribute__((target("avx2"))) static inline __m256i leakgate_within(__m256i bytes, char least, char span) {
  const __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8(least));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8(span)), distance);
}

/// Whether so many digits of base64 stand in a row somewhere in some bytes, which are read in blocks of 32.
__attribute__((target("avx2,bmi2"))) static inline int leakgate_has_digits(
    const uint8_t *start, size_t length, size_t count) {
  // Digits in a row up to here.
  size_t before = 0;
  for (size_t offset = 0; offset < length; offset += 64) {
    uint64_t digits = 0;
    for (size_t half = 0; half < 64 && offset + half < length; half += 32) {
      const __m256i block = _mm256_loadu_si256((const __m256i *)(start + offset + half));
      digits |= (uint64_t)~leakgate_others(leakgate_classes(block), LEAKGATE_DIGITS) << half;
    }
    if (length - offset < 64) digits &= ((uint64_t)1 << (length - offset)) - 1;
    if (digits == ~(uint64_t)0) {
      before += 64;
      if (before >= count) return 1;
      continue;
    }
    if (before + (size_t)__builtin_ctzll(~digits) >= count) return 1;
    before = (size_t)__builtin_clzll(~digits);
    if (count > 64) continue;
    // Each bit then tells of twice as many digits.
    size_t told = 1;
    for (; 2 * told <= count; told *= 2) digits &= digits >> told;
    if ((digits & digits >> (count - told)) != 0) return 1;
  }
  return 0;
}

/// Number of line ends in so many pairs of sixteen bytes: LF, and CR that no LF follows.
__attribute__((target("avx2,popcnt"))) static inline size_t leakgate_count_line_ends(
    const uint8_t *start, size_t pairs) {
  size_t count = 0;
  for (size_t pair = 0; pair < pairs; pair++) {
    const __m256i here = _mm256_loadu_si256((const __m256i *)(start + 32 * pair));
    const __m256i next = _mm256_loadu_si256((const __m256i *)(start + 32 * pair + 1));
    const uint32_t ends = leakgate_equal(here, 0x0A) | (leakgate_equal(here, 0x0D) & ~leakgate_equal(next, 0x0A));
    count += (size_t)__builtin_popcount(ends);
  }
  return count;
}

/// `LayerFilter.pass` for twice so many blocks.
__attribute__((target("avx2"))) static inline void leakgate_mark_blocks(
    const uint8_t *base, size_t pairs, uint8_t *marks) {
  for (size_t pair = 0; pair < pairs; pair++) {
    const __m256i here = _mm256_loadu_si256((const __m256i *)(base + 32 * pair));
    const __m256i next = _mm256_loadu_si256((const __m256i *)(base + 32 * pair + 1));
    const __m256i classes = leakgate_classes(here);
    const uint32_t others = leakgate_others(classes, LEAKGATE_DIGITS);
    uint8_t mark[2] = {(uint16_t)others == 0 ? 4 : 0, others >> 16 == 0 ? 4 : 0};
    const __m256i is_printable = leakgate_within(next, 0x32, 5);
    const __m256i goes_on = _mm256_or_si256(
        is_printable,
        _mm256_or_si256(
            _mm256_cmpeq_epi8(next, _mm256_set1_epi8(0x0A)), _mm256_cmpeq_epi8(next, _mm256_set1_epi8(0x0D))));
    const uint32_t equals = (uint32_t)_mm256_movemask_epi8(
        _mm256_and_si256(goes_on, _mm256_cmpeq_epi8(here, _mm256_set1_epi8(0x3D))));
    const uint32_t zeros = leakgate_equal(here, 0);
    if ((~leakgate_others(classes, LEAKGATE_SIGNS) | equals | zeros) != 0) {
      const uint32_t backslash = leakgate_equal(here, 0x5C);
      const uint32_t percent = leakgate_equal(here, 0x25);
      const uint32_t ampersand = leakgate_equal(here, 0x26);
      const uint32_t unicode = leakgate_equal(_mm256_or_si256(next, _mm256_set1_epi8(0x20)), 0x75);
      const uint32_t octal = (uint32_t)_mm256_movemask_epi8(leakgate_within(next, 0x30, 7));
      const uint32_t number = octal | leakgate_equal(next, 0x78) | leakgate_equal(next, 0x2F);
      const uint32_t printable = (uint32_t)_mm256_movemask_epi8(is_printable);
      const uint32_t escapes = (backslash & (number | unicode)) | (percent & (printable | unicode)) | equals
                               | (ampersand & leakgate_equal(next, 0x23));
      const uint32_t quotes = backslash
                              & (leakgate_equal(next, 0x22) | leakgate_equal(next, 0x27) | leakgate_equal(next, 0x6E)
                                 | leakgate_equal(next, 0x72));
      const uint32_t entities = ampersand
                                & (leakgate_equal(next, 0x71) | leakgate_equal(next, 0x61)
                                   | leakgate_equal(next, 0x6C) | leakgate_equal(next, 0x67));
      for (int half = 0; half < 2; half++) {
        const int shift = 16 * half;
        const int even = (uint16_t)(~zeros >> shift) & 0x5555;
        const int odd = (uint16_t)(~zeros >> shift) & 0xAAAA;
        mark[half] |= ((uint16_t)(escapes >> shift) != 0) | ((uint16_t)(quotes >> shift) != 0) << 1
                      | ((even == 0) != (odd == 0)) << 3 | ((uint16_t)(entities >> shift) != 0) << 4;
      }
    }
    marks[2 * pair] = mark[0];
    marks[2 * pair + 1] = mark[1];
  }
}
#else
static inline int leakgate_has_vectors(void) { return 0; }
static inline int leakgate_gathers_fast(void) { return 0; }
static inline int leakgate_has_digits(const uint8_t *start, size_t length, size_t count) { return 1; }
static inline size_t leakgate_count_line_ends(const uint8_t *start, size_t pairs) { return 0; }
static inline void leakgate_mark_blocks(const uint8_t *base, size_t pairs, uint8_t *marks) {}
static inline size_t leakgate_pass_grams(
    const uint32_t *table, const uint8_t *base, size_t from, size_t to, uint32_t *list) { return 0; }
#endif
