//! The hash functions of spaCy's strings and of its embedding tables.

use std::hash::{BuildHasherDefault, Hasher};

use super::symbols::symbol;

/// Returns spaCy's id of a string: a symbol's number, or a hash.
pub(super) fn string_id(text: &str) -> u64 {
    symbol(text).unwrap_or_else(|| murmur64a(text.as_bytes(), 1))
}

/// MurmurHash64A by Austin Appleby, as spaCy's `StringStore` uses it.
pub(super) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, rest) = bytes.as_chunks();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k = (k ^ (k >> 47)).wrapping_mul(M);
        hash = (hash ^ k).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |tail, byte| tail << 8 | u64::from(*byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(M);
    hash ^ (hash >> 47)
}

/// Returns the four keys of an id in an embedding table: MurmurHash3_x64_128
/// of the id's eight bytes, cut in four, as Thinc computes it (`Ops.hash`).
pub(super) fn embedding_keys(id: u64, seed: u64) -> [u32; 4] {
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5);
    h1 = h1.rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed;
    h1 ^= 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

/// Builds a fast hasher for the maps of this module, whose size is bounded.
pub(super) type FastBuild = BuildHasherDefault<FastHasher>;

/// A hasher of short strings and numbers.
#[derive(Default)]
pub(super) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = murmur64a(bytes, self.0);
    }

    fn write_u8(&mut self, _: u8) {
        // The byte that ends a string adds nothing.
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = (self.0.rotate_left(5) ^ id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_spacy() {
        for (text, id) in [
            ("", 0),
            ("coffee", 3_197_928_453_018_144_401),
            ("apple", 8_566_208_034_543_834_098),
            ("noun", 16_833_663_260_455_505_849),
            ("X", 101),
            ("mark", 423),
            ("FLAG19", 19),
            ("FLAG63", 63),
            ("DEPRECATED001", 104),
            ("DEPRECATED276", 379),
        ] {
            assert_eq!(string_id(text), id, "{text}");
        }
        let keys = embedding_keys(string_id("coffee"), 8);
        assert_eq!(keys, [2_399_055_680, 1_118_310_852, 3_598_583_520, 1_677_466_278]);
    }
}
