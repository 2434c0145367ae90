// SPDX-License-Identifier: Apache-2.0
#include "app/checksums.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <vector>

#include "core/shell_quoted.h"
#include "core/sum_list.h"
#include "core/whole_file.h"
#include "media/check/file_contents.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw Error(ExitCode::kInputUnreadable, "cannot read " + printable(path),
                "restore with --checksums, which writes it");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// As sha256sum, run in the folder of the list, would find it.
std::string name_beside(const std::string& path, const std::string& list) {
  const fs::path folder = fs::absolute(list).parent_path(), file = fs::absolute(path);
  return file.parent_path() == folder ? file.filename().string() : file.string();
}

fs::path path_beside(const std::string& name, const std::string& list) {
  return fs::path(list).parent_path() / name;  // an absolute name replaces the folder
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// What is told of each thing that was looked at.
class Findings {
 public:
  void good(const std::string& what) { std::cout << what << "\n"; }
  void bad(const std::string& what) {
    std::cout << "NOT AS IT WAS: " << what << "\n";
    is_good_ = false;
  }
  bool is_good() const { return is_good_; }

 private:
  bool is_good_ = true;
};

void check_sum(const FileSum& sum, const fs::path& path, const std::string& what, Findings& findings) {
  const std::string name = printable(path.string());
  if (sha256_of_file(path.string()) == sum.sha256) {
    findings.good(what + " " + name + ": SHA-256 " + sum.sha256.substr(0, 16) + "… as listed");
  } else {
    findings.bad(what + " " + name + " has another SHA-256 than listed");
  }
}

void check_frames(const FileContents& contents, const std::vector<FrameDigest>& listed, Findings& findings) {
  const auto is_same = [](const FrameDigest& one, const FrameDigest& other) {
    return one.time == other.time && one.bytes == other.bytes && one.md5 == other.md5;
  };
  if (contents.frames.size() != listed.size())
    return findings.bad(std::to_string(contents.frames.size()) + " frames instead of " + std::to_string(listed.size()));
  const auto first = std::mismatch(listed.begin(), listed.end(), contents.frames.begin(), is_same).first;
  if (first != listed.end())
    return findings.bad("frame " + std::to_string(first - listed.begin()) + " is another than listed");
  findings.good("frames: all " + std::to_string(listed.size()) + " as listed");
}

/// What is copied is the input's, bit for bit; what had to be converted cannot be.
void check_copied(const FileContents& output, const FileContents& input, Findings& findings) {
  for (const StreamDigests& stream : output.copied) {
    const std::string what = "stream " + std::to_string(stream.stream.index) + " (" + name_of(stream.stream.kind) +
                             ", " + printable(stream.stream.codec) + ")";
    const auto is_like = [&stream](const StreamDigests& other) {
      return other.stream.kind == stream.stream.kind && other.stream.codec == stream.stream.codec;
    };
    const auto is_source = [&](const StreamDigests& other) { return is_like(other) && is_taken_from(stream, other); };
    const auto& streams = input.copied;
    if (std::any_of(streams.begin(), streams.end(), is_source)) {
      findings.good(what + ": " + std::to_string(stream.packets.size()) + " packets, each as in the input");
    } else if (std::any_of(streams.begin(), streams.end(), is_like)) {
      findings.bad(what + " has packets that the input has not");
    } else {
      findings.good(what + ": the input has none of this kind, so it was converted");
    }
  }
}

/// The input as the list has it, or as it is given.
fs::path input_of(const std::vector<FileSum>& sums, const std::string& list, const std::string& given) {
  if (!given.empty()) return given;
  return sums.size() > 1 ? path_beside(sums[1].name, list) : fs::path();
}

struct OutputSums {
  FileContents contents;
  std::string sha256;
};

/// Of a file that this program has just finished: that it cannot be read is no fault of an input.
OutputSums sums_of_finished(const std::string& output, const CancelToken& cancel) {
  try {
    return {contents_of(output, &cancel), sha256_of_file(output)};
  } catch (const Error& error) {
    if (error.exit_code() != ExitCode::kInputUnreadable) throw;
    throw Error(ExitCode::kOutputUnwritable,
                printable(output) + " is finished, but cannot be read again for its checksums: " + error.what(),
                "check the disk, and restore with --checksums again");
  }
}

}  // namespace

ChecksumFiles checksum_files_of(const std::string& output) {
  return {output + ".sha256", output + ".framemd5"};
}

void check_has_checksums(const std::string& output) {
  const bool is_pattern = output.find('%') != std::string::npos && !is_file(output);
  std::error_code ignored;
  if (output == "-" || is_pattern || output.back() == '/' || fs::is_directory(output, ignored))
    throw Error(ExitCode::kUsage, "--checksums are of one file, and " + printable(output) + " is none",
                "give the name of a film or a picture");
}

void write_checksums(const std::string& input, const std::string& output, bool overwrite, const CancelToken& cancel) {
  const ChecksumFiles files = checksum_files_of(output);
  const OutputSums finished = sums_of_finished(output, cancel);
  std::vector<FileSum> sums{{finished.sha256, name_beside(output, files.sums)}};
  if (is_file(input)) sums.push_back({sha256_of_file(input), name_beside(input, files.sums)});
  write_whole_file(files.frames, frame_md5_list(finished.contents), replacing(overwrite));
  write_whole_file(files.sums, sum_list(sums), replacing(overwrite));
}

bool verify_output(const std::string& output, const std::string& given_input, const CancelToken& cancel) {
  const ChecksumFiles files = checksum_files_of(output);
  const std::vector<FileSum> sums = read_sum_list(text_of(files.sums));
  const std::vector<FrameDigest> frames = read_frame_md5_list(text_of(files.frames));
  if (sums.empty())
    throw Error(ExitCode::kUsage, "there is nothing in " + printable(files.sums), "restore with --checksums again");
  Findings findings;
  check_sum(sums[0], output, "output", findings);
  const FileContents contents = contents_of(output, &cancel);
  check_frames(contents, frames, findings);
  const fs::path input = input_of(sums, files.sums, given_input);
  if (!is_file(input)) {
    findings.good("input: not here, so it was not looked at; --input FILE tells where it is");
    return findings.is_good();
  }
  if (sums.size() > 1) check_sum(sums[1], input, "input", findings);
  if (!contents.copied.empty()) check_copied(contents, contents_of(input.string(), &cancel), findings);
  return findings.is_good();
}

}  // namespace reelface
