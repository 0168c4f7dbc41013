//! Arithmetic coding of bits with probabilities known to both sides (Rissanen and Langdon 1979), carry-free
//! with 32-bit bounds as in lpaq (M. Mahoney 2007).

/// Writes or reads bits. Both sides run the same code, so they stay synchronised.
pub enum Arithmetic {
    /// Turns bits into bytes.
    Writer(Writer),
    /// Turns bytes into bits.
    Reader(Reader),
}

/// The writing side.
pub struct Writer {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

/// The reading side.
pub struct Reader {
    low: u32,
    high: u32,
    at: u32,
    bytes: Vec<u8>,
    taken: usize,
}

/// The last point of the lower part, which represents a 1.
fn middle(low: u32, high: u32, probability: u32) -> u32 {
    let width = u64::from(high - low);
    low + ((width * u64::from(probability)) >> 16) as u32
}

impl Arithmetic {
    /// A coder for writing.
    pub fn writer() -> Arithmetic {
        Arithmetic::Writer(Writer { low: 0, high: u32::MAX, bytes: Vec::new() })
    }

    /// A coder for reading.
    pub fn reader(bytes: Vec<u8>) -> Arithmetic {
        let mut reader = Reader { low: 0, high: u32::MAX, at: 0, bytes, taken: 0 };
        for _ in 0..4 {
            reader.at = reader.at << 8 | reader.next();
        }
        Arithmetic::Reader(reader)
    }

    /// Writes `bit` and returns it; or reads a bit, ignoring `bit`. The probability is that of a 1, in
    /// 65,536ths, neither 0 nor 65,536.
    pub fn bit(&mut self, probability: u32, bit: u32) -> u32 {
        match self {
            Arithmetic::Writer(writer) => {
                let middle = middle(writer.low, writer.high, probability);
                if bit == 1 {
                    writer.high = middle;
                } else {
                    writer.low = middle + 1;
                }
                while writer.low >> 24 == writer.high >> 24 {
                    writer.bytes.push((writer.low >> 24) as u8);
                    writer.low <<= 8;
                    writer.high = writer.high << 8 | 255;
                }
                bit
            }
            Arithmetic::Reader(reader) => {
                let middle = middle(reader.low, reader.high, probability);
                let bit = u32::from(reader.at <= middle);
                if bit == 1 {
                    reader.high = middle;
                } else {
                    reader.low = middle + 1;
                }
                while reader.low >> 24 == reader.high >> 24 {
                    reader.low <<= 8;
                    reader.high = reader.high << 8 | 255;
                    reader.at = reader.at << 8 | reader.next();
                }
                bit
            }
        }
    }

    /// Whether it reads.
    pub fn is_reader(&self) -> bool {
        matches!(self, Arithmetic::Reader(_))
    }

    /// Whether it has read beyond the end of anything that a writer could have written.
    pub fn is_past_end(&self) -> bool {
        matches!(self, Arithmetic::Reader(reader) if reader.taken > reader.bytes.len() + 4)
    }

    /// The shortest bytes that are read back as all the bits. Omits zeros at the end, since the reader adds
    /// them.
    pub fn finish(self) -> Vec<u8> {
        let Arithmetic::Writer(Writer { low, high, mut bytes }) = self else { return Vec::new() };
        for kept in 0..=4u32 {
            let shift = 32 - 8 * kept;
            let unit = 1u64 << shift;
            let point = u64::from(low).div_ceil(unit) * unit;
            if point <= u64::from(high) {
                bytes.extend((0..kept).map(|byte| (point >> (24 - 8 * byte)) as u8));
                break;
            }
        }
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        bytes
    }
}

impl Reader {
    fn next(&mut self) -> u32 {
        let byte = self.bytes.get(self.taken).copied().unwrap_or(0);
        self.taken += 1;
        u32::from(byte)
    }
}
