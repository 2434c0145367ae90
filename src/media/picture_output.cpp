#include "media/picture_output.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include "media/part_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

/// True if the name is what the pattern gives for some number.
bool is_numbered_name(const OutputTarget& target, const std::string& name) {
  std::string digits;
  const std::string sample = fs::path(picture_path(target, 0)).filename().string();
  // The number is where two samples differ; what is around it is fixed.
  const std::string other = fs::path(picture_path(target, 999999999)).filename().string();
  const auto begin = static_cast<std::size_t>(
      std::mismatch(sample.begin(), sample.end(), other.begin(), other.end()).first - sample.begin());
  const auto tail = static_cast<std::size_t>(
      std::mismatch(sample.rbegin(), sample.rend() - static_cast<std::ptrdiff_t>(begin), other.rbegin(), other.rend())
          .first -
      sample.rbegin());
  if (name.size() <= begin + tail || name.compare(0, begin, sample, 0, begin) != 0) return false;
  if (name.compare(name.size() - tail, tail, sample, sample.size() - tail, tail) != 0) return false;
  digits = name.substr(begin, name.size() - begin - tail);
  return std::all_of(digits.begin(), digits.end(), [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

/// True if the input is pictures of this folder: the folder itself or a pattern, which is no file's name.
bool comes_from(const std::string& input, const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_regular_file(input, ignored)) return false;
  const fs::path source = fs::is_directory(input, ignored) ? fs::path(input) : folder_of(input);
  return fs::equivalent(source, folder, ignored);
}

}  // namespace

void check_picture_folder(const OutputTarget& target, const std::string& input, bool overwrite) {
  const fs::path folder = folder_of(picture_path(target, 1));
  std::error_code failure;
  if (!fs::is_directory(folder, failure)) {
    if (fs::exists(folder, failure) || !fs::is_directory(folder_of(folder.string()), failure))
      throw Error(ExitCode::kUsage, "there is no folder " + printable(folder.string()), "make the folder first");
    return;  // made when the work starts
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
    if (!is_numbered_name(target, entry.path().filename().string())) continue;
    if (is_same_file(entry.path().string(), input) || (input != "-" && comes_from(input, folder)))
      throw Error(ExitCode::kUsage, "the output would replace pictures of the input in " + printable(folder.string()),
                  "write to another folder; the input is never changed");
    if (!overwrite)
      throw Error(ExitCode::kUsage, "there are pictures of that name already: " + printable(entry.path().string()),
                  "use -y to replace them, or write to another folder");
  }
}

PictureOutput::PictureOutput(OutputDecisions decisions, const WriteOptions& options)
    : decisions_(std::move(decisions)), overwrite_(options.overwrite) {
  if (decisions_.target.kind != OutputTarget::Kind::kPictures) return;
  const fs::path folder = folder_of(picture_path(decisions_.target, 1));
  std::error_code failure;
  fs::create_directory(folder, failure);
  if (failure) throw_output_error("cannot make the folder " + printable(folder.string()), failure.value());
}

void PictureOutput::write(Frame frame) {
  if (decisions_.target.kind == OutputTarget::Kind::kSinglePicture && decisions_.encoder->frames() == 1)
    throw Error(ExitCode::kUsage,
                "the input has more than one picture, " + printable(decisions_.target.path) + " only one",
                "write to numbered pictures, for example out_%04d.png, or to a video file");
  decisions_.encoder->encode(frame, [this](AVPacket& packet) { write_picture(packet); });
}

void PictureOutput::write_picture(const AVPacket& packet) {
  PartFile file(picture_path(decisions_.target, pictures_ + 1), overwrite_);
  file.file().write_all(packet.data, static_cast<std::size_t>(packet.size));
  file.seal();
  file.publish();
  ++pictures_;
  bytes_ += packet.size;
}

WriteSummary PictureOutput::finish() {
  decisions_.encoder->drain([this](AVPacket& packet) { write_picture(packet); });
  return {decisions_.target.path, pictures_, 0, bytes_};
}

std::string PictureOutput::finish_as_part() {
  finish();  // every picture is a complete file already
  return decisions_.target.path;
}

}  // namespace reelface
