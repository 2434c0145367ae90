#include "crop_resampling.h"

#include "crop_resampling_kernels.h"
#include "reelface/core/error.h"

namespace reelface {

void read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling, cv::Mat& result) {
  if (there.depth() != CV_32F || offsets.type() != CV_32FC2 || there.size() != offsets.size()) {
    throw Error(ExitCode::kInternal, "crop resampling: offsets of another size, or samples of another kind");
  }
  if (there.channels() > 3) throw Error(ExitCode::kInternal, "crop resampling: one to three channels");
  result.create(there.size(), there.type());
  OffsetRow row;
  row.picture = there.ptr<float>();
  row.stride = static_cast<std::ptrdiff_t>(there.step1());
  row.width = there.cols;
  row.height = there.rows;
  row.channels = there.channels();
  const auto read = resampling == Resampling::kCubic ? resampling_kernels().cubic : resampling_kernels().linear;
  for (; row.row < row.height; ++row.row) {
    row.offsets = offsets.ptr<float>(row.row);
    row.results = result.ptr<float>(row.row);
    read(row);
  }
}

cv::Mat read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling) {
  cv::Mat result;
  read_at_offsets(there, offsets, resampling, result);
  return result;
}

}  // namespace reelface
