// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_rows.h"

#include <algorithm>

#include "inference/detector/yunet_kernels.h"
#include "inference/native/numbers.h"

namespace reelface {

YunetMap::YunetMap(int map_columns, int map_rows, int map_channels)
    : columns(map_columns),
      rows(map_rows),
      channels(map_channels),
      values(new float[row_length() * static_cast<std::size_t>(map_rows)]) {}

class YunetChain::Step {
 public:
  virtual ~Step() = default;
  virtual void take(const float* row) = 0;
  virtual void end() { pass_end(); }

  void lead_to(Step& next) { next_ = &next; }

 protected:
  void pass(const float* row) {
    if (next_ != nullptr) next_->take(row);
  }
  void pass_end() {
    if (next_ != nullptr) next_->end();
  }

 private:
  Step* next_ = nullptr;
};

class YunetChain::UnitStep : public Step {
 public:
  UnitStep(const YunetUnit& unit, int columns)
      : unit_(unit),
        columns_(columns),
        channels_(static_cast<std::size_t>(unit.out_channels)),
        row_length_((static_cast<std::size_t>(columns) + 2) * channels_),
        ring_(4 * row_length_),
        output_(static_cast<std::size_t>(columns) * channels_) {
    for (int row = 0; row < 3; ++row) {
      std::fill_n(place(row), channels_, 0.0F);
      std::fill_n(place(row) + row_length_ - channels_, channels_, 0.0F);
    }
    std::fill_n(outside(), row_length_, 0.0F);
  }

  void take(const float* row) override {
    yunet_kernels().pointwise(row, columns_, unit_.in_channels, unit_.pointwise.data(), unit_.pointwise_bias.data(),
                              unit_.out_channels, place(rows_) + channels_);
    ++rows_;
    if (rows_ > 1) convolve(place(rows_ - 1));
  }

  void end() override {
    if (rows_ > 0) {
      ++rows_;
      convolve(outside());
    }
    pass_end();
  }

 private:
  float* place(int row) { return ring_.data() + static_cast<std::size_t>(row % 3) * row_length_; }
  float* outside() { return ring_.data() + 3 * row_length_; }

  /// The last row but one; `below` is the last.
  void convolve(const float* below) {
    const int y = rows_ - 2;
    const float* rows[3] = {y == 0 ? outside() : place(y - 1), place(y), below};
    yunet_kernels().depthwise_row(rows, columns_, unit_.out_channels, unit_.depthwise.data(),
                                  unit_.depthwise_bias.data(), unit_.relu, output_.data());
    pass(output_.data());
  }

  const YunetUnit& unit_;
  int columns_;
  std::size_t channels_;
  std::size_t row_length_;
  /// The last three rows after the 1x1 convolution, and one that stands for those outside. All begin and end with a
  /// pixel of zeros.
  Numbers ring_;
  Numbers output_;
  int rows_ = 0;
};

class YunetChain::HalvingStep : public Step {
 public:
  HalvingStep(int columns, int channels)
      : channels_(static_cast<std::size_t>(channels)), largest_(static_cast<std::size_t>(columns / 2) * channels_) {}

  void take(const float* row) override {
    for (std::size_t place = 0; place < largest_.size(); place += channels_, row += 2 * channels_) {
      float* const largest = largest_.data() + place;
      if (!has_upper_) std::copy(row, row + channels_, largest);
      for (const float* pixel : {row, row + channels_}) {
        for (std::size_t c = 0; c < channels_; ++c) largest[c] = pixel[c] > largest[c] ? pixel[c] : largest[c];
      }
    }
    has_upper_ = !has_upper_;
    if (!has_upper_) pass(largest_.data());
  }

 private:
  std::size_t channels_;
  Numbers largest_;  ///< of the squares' pixels that were there so far
  bool has_upper_ = false;
};

class YunetChain::KeepingStep : public Step {
 public:
  explicit KeepingStep(YunetMap& map) : map_(map) {}

  void take(const float* row) override {
    std::copy(row, row + map_.row_length(), map_.row(rows_++));
    pass(row);
  }

 private:
  YunetMap& map_;
  int rows_ = 0;
};

YunetChain::YunetChain(int columns, int channels) : columns_(columns), channels_(channels) {}
YunetChain::~YunetChain() = default;

void YunetChain::append(std::unique_ptr<Step> step) {
  if (!steps_.empty()) steps_.back()->lead_to(*step);
  steps_.push_back(std::move(step));
}

void YunetChain::add(const YunetUnit& unit) {
  append(std::make_unique<UnitStep>(unit, columns_));
  channels_ = unit.out_channels;
}

void YunetChain::add(const std::vector<YunetUnit>& units) {
  for (const YunetUnit& unit : units) add(unit);
}

void YunetChain::halve() {
  append(std::make_unique<HalvingStep>(columns_, channels_));
  columns_ /= 2;
}

void YunetChain::keep(YunetMap& map) {
  append(std::make_unique<KeepingStep>(map));
}

void YunetChain::take(const float* row) {
  steps_.front()->take(row);
}

void YunetChain::end() {
  steps_.front()->end();
}

}  // namespace reelface
