// SPDX-License-Identifier: Apache-2.0
#include "resampling.h"

#include "reelface/core/error.h"
#include "resampling_kernels.h"

namespace reelface {
namespace {

void require_floats(const cv::Mat& there) {
  if (there.depth() != CV_32F || there.channels() > 3) {
    throw Error(ExitCode::kInternal, "crop resampling: one to three channels of floats");
  }
}

}  // namespace

RowReader::RowReader(const cv::Mat& there, Resampling resampling) : there_(there), resampling_(resampling) {
  require_floats(there);
}

const float* RowReader::read(const cv::Mat& offsets, int row, Columns columns, float* room) const {
  if (offsets.empty()) return there_.ptr<float>(row);
  OffsetRow task;
  task.picture = there_.ptr<float>();
  task.stride = static_cast<std::ptrdiff_t>(there_.step1());
  task.width = there_.cols;
  task.height = there_.rows;
  task.channels = there_.channels();
  task.row = row;
  task.first = columns.first;
  task.end = columns.end;
  task.offsets = offsets.ptr<float>(row);
  task.results = room;
  (resampling_ == Resampling::kCubic ? resampling_kernels().cubic : resampling_kernels().linear)(task);
  return room;
}

void read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling, cv::Mat& result) {
  if (offsets.type() != CV_32FC2 || there.size() != offsets.size()) {
    throw Error(ExitCode::kInternal, "crop resampling: offsets of another size, or of another kind");
  }
  const RowReader reader(there, resampling);
  result.create(there.size(), there.type());
  for (int row = 0; row < there.rows; ++row) reader.read(offsets, row, {0, there.cols}, result.ptr<float>(row));
}

cv::Mat read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling) {
  cv::Mat result;
  read_at_offsets(there, offsets, resampling, result);
  return result;
}

}  // namespace reelface
