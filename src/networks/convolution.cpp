// SPDX-License-Identifier: Apache-2.0
#include "networks/convolution.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <exception>

namespace reelface {
namespace {

constexpr double kLeakySlope = 0.2;

/// oneDNN's prepacked convolution, if this LibTorch has it. Its context type has no installed header, so it is passed
/// around as an IValue through the dispatcher.
/// (Their optional is c10's own in LibTorch 1 and the standard one in 2.)
using FoundOperator = decltype(c10::Dispatcher::singleton().findSchema(c10::OperatorName("", "")));

FoundOperator find_operator(const char* name) {
  if (!at::hasMKLDNN()) return {};
  return c10::Dispatcher::singleton().findSchema({name, ""});
}

const FoundOperator& prepack_operator() {
  static const auto found = find_operator("mkldnn_prepacked::conv2d_prepack");
  return found;
}

const FoundOperator& run_operator() {
  static const auto found = find_operator("mkldnn_prepacked::conv2d_run");
  return found;
}

std::optional<c10::IValue> pack(const at::Tensor& weight, const at::Tensor& bias, const ConvolutionSettings& settings) {
  if (!prepack_operator() || !run_operator()) return std::nullopt;
  const std::vector<std::int64_t> input_size = {1, weight.size(1), settings.expected_input.height,
                                                settings.expected_input.width};
  const std::vector<std::int64_t> stride(2, settings.stride);
  const std::vector<std::int64_t> padding(2, settings.padding);
  const std::vector<std::int64_t> dilation(2, 1);
  const std::string fused = settings.activation == Activation::kRelu ? "relu" : "none";
  std::vector<c10::IValue> stack = {weight,     bias.defined() ? c10::IValue(bias) : c10::IValue(),
                                    stride,     padding,
                                    dilation,   std::int64_t{1},
                                    input_size, fused};
  try {
    prepack_operator()->callBoxed(stack);
  } catch (const std::exception&) {
    return std::nullopt;  // oneDNN knows no bf16 on this processor; LibTorch's own, slow convolution does
  }
  return stack.front();
}

/// What is packed keeps the tensor that it was made of as well, for saving, which nobody does.
void let_values_go(const at::Tensor& tensor) {
  tensor.storage().set_data_ptr(c10::DataPtr());
  tensor.storage().set_nbytes(0);
}

float negative_slope(Activation activation) {
  switch (activation) {
    case Activation::kRelu:
      return 0;
    case Activation::kLeakyRelu:
      return static_cast<float>(kLeakySlope);
    default:
      return 1;
  }
}

bool suits_winograd(const at::Tensor& weight, const ConvolutionSettings& settings, const Placement& placement) {
  return placement.device.is_cpu() && placement.type == at::kFloat && weight.size(2) == 3 && weight.size(3) == 3 &&
         settings.stride == 1 && settings.padding == 1 &&
         WinogradConvolution::suits(weight.size(0), weight.size(1), settings.expected_input.height,
                                    settings.expected_input.width);
}

}  // namespace

Convolution::Convolution(const at::Tensor& weight, const at::Tensor& bias, const ConvolutionSettings& settings,
                         const Placement& placement)
    : settings_(settings) {
  if (suits_winograd(weight, settings, placement)) {
    winograd_.emplace(weight, bias, negative_slope(settings.activation));
    return;
  }
  const auto placed = at::TensorOptions().device(placement.device).dtype(placement.type);
  const at::Tensor laid_out = weight.to(placed).contiguous(at::MemoryFormat::ChannelsLast);
  if (bias.defined()) bias_ = bias.to(placed);
  if (placement.device.is_cpu() && settings.expected_input.height > 0) {
    packed_ = pack(laid_out, bias_, settings);
  }
  if (!packed_) {
    weight_ = laid_out;
  } else if (!laid_out.is_alias_of(weight)) {
    let_values_go(laid_out);
  }
}

at::Tensor Convolution::convolve(const at::Tensor& input) const {
  if (packed_) {
    std::vector<c10::IValue> stack = {input, *packed_};
    run_operator()->callBoxed(stack);
    return stack.front().toTensor();
  }
  at::Tensor output =
      at::conv2d(input, weight_, bias_, settings_.stride, settings_.padding).contiguous(at::MemoryFormat::ChannelsLast);
  if (settings_.activation == Activation::kRelu) output.relu_();
  return output;
}

at::Tensor Convolution::operator()(const at::Tensor& input, const at::Tensor& addend) const {
  if (winograd_) return (*winograd_)(input, addend);
  at::Tensor output = convolve(input);
  if (settings_.activation == Activation::kLeakyRelu) at::leaky_relu_(output, kLeakySlope);
  if (addend.defined()) output.add_(addend);
  return output;
}

}  // namespace reelface
