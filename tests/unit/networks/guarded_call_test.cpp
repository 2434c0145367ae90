// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/guarded_call.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <stdexcept>

#include "inference/engine/batching_enhancer.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Throw = std::function<void()>;

/// As LibTorch's checks throw: a type, the library's words, and where it was.
template <class Exception>
Throw of_type(const std::string& words) {
  const c10::SourceLocation where = {__func__, __FILE__, __LINE__};
  return [words, where] { throw Exception(where, words); };
}

/// What another library throws through LibTorch.
Throw plain(const std::string& words) {
  return [words] { throw std::runtime_error(words); };
}

struct Form {
  const char* name;
  Throw fail;
};

/// Has no memory for more than one crop, and says so in one of the forms.
class FakeNetwork : public CropNetwork {
 public:
  explicit FakeNetwork(Throw fail) : fail_(std::move(fail)) {}
  int crop_size() const override { return 4; }
  ModelTraits traits() const override { return {}; }
  std::string description() const override { return "fake"; }
  std::int64_t bytes_per_crop() const override { return 1; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    guarded_call([&] {
      if (count > 1) fail_();
      restored[0].samples.assign(restored[0].samples.size(), windows[0][0].samples[0] + 1);
    });
  }

 private:
  Throw fail_;
};

class MissingMemory : public ::testing::TestWithParam<Form> {
 protected:
  MissingMemory() {
    set_log_sink([this](LogLevel level, std::string_view) { warnings_ += level == LogLevel::kWarning; });
  }
  ~MissingMemory() override { set_log_sink({}); }

  int warnings_ = 0;
};

TEST_P(MissingMemory, LeadsToSmallerBatches) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(GetParam().fail), {2, 1, 1}, [](int) {}, {});
  RgbImageF crop(4, 4);
  std::fill(crop.samples.begin(), crop.samples.end(), 0.5F);
  const auto restored = enhancer.enhance({{crop.view()}, {crop.view()}});
  ASSERT_EQ(restored.size(), 2U);
  for (const RgbImageF& image : restored) EXPECT_EQ(image.samples, std::vector<float>(48, 1.5F));
  EXPECT_EQ(warnings_, 1);
  EXPECT_EQ(enhancer.description(), "fake, 1 x 1 at a time");
}

INSTANTIATE_TEST_SUITE_P(
    Forms, MissingMemory,
    ::testing::Values(
        Form{"allocator",
             of_type<c10::OutOfMemoryError>("Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 8 GiB")},
        Form{"older_allocator",
             of_type<c10::Error>("CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 7.79 GiB)")},
        Form{"cpu_allocator",
             of_type<c10::Error>("[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you "
                                 "tried to allocate 8 bytes. Error code 12 (Cannot allocate memory)")},
        Form{"newer_cpu_allocator",
             of_type<c10::Error>("DefaultCPUAllocator: not enough memory: you tried to allocate 8")},
        Form{"cuda_call", of_type<c10::Error>("CUDA error: out of memory\nCUDA kernel errors might be reported later")},
        Form{"cuda_name", of_type<c10::Error>("CUDA driver error: CUDA_ERROR_OUT_OF_MEMORY")},
        Form{"cuda_runtime_name", plain("cudaErrorMemoryAllocation: memory allocation failed")},
        Form{"plain_cuda_text", plain("CUDA error: out of memory")},
        Form{"cudnn_engine", of_type<c10::Error>("GET was unable to find an engine to execute this computation")},
        Form{"cudnn_engine_tried",
             of_type<c10::Error>("FIND was unable to find an engine to execute this computation")},
        Form{"cudnn_frontend", plain("[cudnn_frontend] Error: No valid engine configs for ConvBwd_")},
        Form{"cudnn_algorithm", of_type<c10::Error>("Unable to find a valid cuDNN algorithm to run convolution")},
        Form{"cudnn_status", of_type<c10::Error>("cuDNN error: CUDNN_STATUS_ALLOC_FAILED")},
        Form{"cudnn9_status", of_type<c10::Error>("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED")},
        Form{"cudnn_handle", of_type<c10::Error>("cuDNN error: CUDNN_STATUS_NOT_INITIALIZED")},
        Form{"cublas_status",
             of_type<c10::Error>("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")},
        Form{"cublas_handle",
             of_type<c10::Error>("CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`")},
        Form{"standard_library", [] { throw std::bad_alloc(); }},
        Form{"already_known", [] { throw DeviceOutOfMemory("not even for one crop"); }}),
    [](const auto& form) { return form.param.name; });

std::string told_by(const Throw& fail) {
  try {
    guarded_call(fail);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

TEST(GuardedCall, OtherTroubleIsNotTakenForMissingMemory) {
  for (const char* words :
       {"CUDA error: an illegal memory access was encountered", "CUDA error: device-side assert triggered",
        "CUDA error: no kernel image is available for execution on the device",
        "Given groups=1, weight of size [3], expected input to have 3 channels"}) {
    EXPECT_EQ(told_by(of_type<c10::Error>(words)), std::string("LibTorch: ") + words);
    EXPECT_EQ(told_by(plain(words)), std::string("LibTorch: ") + words);
  }
}

TEST(GuardedCall, OurOwnErrorsPassUnchanged) {
  EXPECT_EQ(told_by([] { throw Error(ExitCode::kUsage, "out of memory, says a file's name"); }),
            "out of memory, says a file's name");
}

}  // namespace
}  // namespace reelface
