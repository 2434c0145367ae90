// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

#include "measure/niqe.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::size_t kLargestFile = 1 << 20;

struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string_view part(std::string_view bytes, std::uint64_t offset, std::uint64_t length) {
  if (offset > bytes.size() || length > bytes.size() - offset) throw Malformed("it ends too early");
  return bytes.substr(offset, length);
}

std::uint64_t number(std::string_view bytes, std::uint64_t offset, int size) {
  const std::string_view field = part(bytes, offset, static_cast<std::uint64_t>(size));
  std::uint64_t value = 0;
  for (int i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(field[static_cast<std::size_t>(i)]);
  return value;
}

/// The bytes of a stored (not compressed) member of a zip archive. numpy writes sizes of local headers in a form of its
/// own, so only the directory at the end is believed.
std::string_view member(std::string_view zip, std::string_view name) {
  constexpr std::uint64_t kEndSize = 22, kEntrySize = 46, kLocalSize = 30;
  const std::size_t end = zip.rfind(std::string_view("PK\5\6", 4));
  if (end == std::string_view::npos) throw Malformed("it is no zip archive");
  part(zip, end, kEndSize);
  std::uint64_t at = number(zip, end + 16, 4);
  for (std::uint64_t left = number(zip, end + 10, 2); left > 0; --left) {
    if (part(zip, at, 4) != std::string_view("PK\1\2", 4)) throw Malformed("its directory is damaged");
    const std::uint64_t name_size = number(zip, at + 28, 2);
    if (part(zip, at + kEntrySize, name_size) == name) {
      if (number(zip, at + 10, 2) != 0) throw Malformed("it is compressed");
      const std::uint64_t size = number(zip, at + 24, 4), local = number(zip, at + 42, 4);
      return part(zip, local + kLocalSize + number(zip, local + 26, 2) + number(zip, local + 28, 2), size);
    }
    at += kEntrySize + name_size + number(zip, at + 30, 2) + number(zip, at + 32, 2);
  }
  throw Malformed("it has no " + std::string(name));
}

/// A numpy array of doubles, row by row.
std::vector<double> array(std::string_view zip, const std::string& name, std::size_t rows, std::size_t columns) {
  const std::string_view file = member(zip, name + ".npy");
  if (part(file, 0, 6) != std::string_view("\x93NUMPY", 6) || number(file, 6, 1) != 1) {
    throw Malformed(name + " is no numpy array");
  }
  const std::uint64_t header_size = number(file, 8, 2);
  const std::string_view header = part(file, 10, header_size);
  const auto says = [&](const std::string& text) { return header.find(text) != std::string_view::npos; };
  const std::string shape = "(" + std::to_string(rows) + ", " + std::to_string(columns) + ")";
  if (!says("'<f8'") || !says(shape)) throw Malformed(name + " is not " + shape + " doubles");
  const bool is_by_columns = says("'fortran_order': True");
  const std::string_view data = part(file, 10 + header_size, rows * columns * sizeof(double));
  std::vector<double> values(rows * columns);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::uint64_t place = is_by_columns ? column * rows + row : row * columns + column;
      const std::uint64_t bits = number(data, place * sizeof(double), sizeof(double));
      std::memcpy(&values[row * columns + column], &bits, sizeof bits);
    }
  }
  return values;
}

}  // namespace

NiqeModel read_niqe_model(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  if (file) {
    bytes.resize(kLargestFile + 1);
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
  }
  try {
    if (bytes.empty()) throw Malformed("it cannot be read");
    if (bytes.size() > kLargestFile) throw Malformed("it is too large");
    constexpr std::size_t kFeatures = NiqeModel::kFeatures, kWindow = NiqeModel::kWindow;
    return {array(bytes, "mu_pris_param", 1, kFeatures), array(bytes, "cov_pris_param", kFeatures, kFeatures),
            array(bytes, "gaussian_window", kWindow, kWindow)};
  } catch (const Malformed& problem) {
    throw Error(ExitCode::kModelRejected, printable(path) + " holds no parameters of NIQE: " + problem.what(),
                "reelface models pull niqe");
  }
}

}  // namespace reelface
