// SPDX-License-Identifier: Apache-2.0
#include "networks/picture_operations.h"

namespace reelface {
namespace {

constexpr double kLeakySlope = 0.2;

at::Tensor per_channel(const at::Tensor& values, const at::Tensor& like) {
  return values.to(like.scalar_type()).unsqueeze(-1).unsqueeze(-1);
}

}  // namespace

at::Tensor halved(const at::Tensor& pictures) {
  return at::avg_pool2d(pictures, {2, 2});
}

at::Tensor enlarged(const at::Tensor& pictures) {
  return at::upsample_bilinear2d(pictures, {2 * pictures.size(2), 2 * pictures.size(3)}, false);
}

void add_enlarged(const at::Tensor& small, at::Tensor& large) {
  large.add_(enlarged(small));
}

at::Tensor scaled(const at::Tensor& pictures, const at::Tensor& factors) {
  return pictures * per_channel(factors, pictures);
}

void finish_styled_on_card(at::Tensor& features, const StyledFinish& finish) {
  const at::Tensor noise = finish.noise.to(features.scalar_type()).view({features.size(2), features.size(3)});
  at::addcmul_out(features, noise, features, per_channel(finish.gain, features));
  features.add_(per_channel(finish.bias, features));
  at::leaky_relu_(features, kLeakySlope);
  if (finish.condition_scale.defined()) {
    const std::int64_t conditioned = finish.condition_scale.size(1);
    at::Tensor last = features.narrow(1, features.size(1) - conditioned, conditioned);
    at::addcmul_out(last, finish.condition_shift, last, finish.condition_scale);
  }
  if (finish.next_style.defined()) features.mul_(per_channel(finish.next_style, features));
}

void finish_styled(at::Tensor& features, const StyledFinish& finish) {
  if (features.is_cuda()) return finish_styled_on_card(features, finish);
  features.mul_(per_channel(finish.gain, features));
  features.add_(finish.noise.to(features.scalar_type()).view({features.size(2), features.size(3)}));
  features.add_(per_channel(finish.bias, features));
  at::leaky_relu_(features, kLeakySlope);
  if (finish.condition_scale.defined()) {
    const std::int64_t conditioned = finish.condition_scale.size(1);
    at::Tensor last = features.narrow(1, features.size(1) - conditioned, conditioned);
    last.mul_(finish.condition_scale).add_(finish.condition_shift);
  }
  if (finish.next_style.defined()) features.mul_(per_channel(finish.next_style, features));
}

}  // namespace reelface
