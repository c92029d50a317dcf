#pragma once

namespace io {

/// `value` to so many decimals: what people read, and the same text on every machine.
double to_decimals(double value, int decimals);

/// `value` to so many significant digits; for probabilities, which must not become 0.
double to_significant(double value, int digits);

} // namespace io
