// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/tensor_check.h"

#include <set>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

bool is_floating_point(TensorType type) {
  return type == TensorType::kFloat64 || type == TensorType::kFloat32 || type == TensorType::kFloat16 ||
         type == TensorType::kBFloat16;
}

/// Collects findings of one kind and shows the first few of them.
class Findings {
 public:
  explicit Findings(std::string kind) : kind_(std::move(kind)) {}

  void add(const std::string& finding) {
    constexpr int kShown = 4;
    ++count_;
    if (count_ <= kShown) text_ += (count_ == 1 ? "" : ", ") + finding;
    if (count_ == kShown + 1) text_ += ", ...";
  }
  void append_to(std::string& report) const {
    if (count_ == 0) return;
    report += (report.empty() ? "" : "; ") + std::to_string(count_) + " " + kind_ + ": " + text_;
  }

 private:
  std::string kind_;
  std::string text_;
  int count_ = 0;
};

}  // namespace

void check_tensors(const Checkpoint& checkpoint, const std::vector<ExpectedTensor>& expected) {
  Findings missing("missing");
  Findings misshapen("misshapen");
  Findings not_floating("not floating point");
  Findings extra("not expected");
  std::set<std::string> known;
  for (const ExpectedTensor& wanted : expected) {
    known.insert(wanted.name);
    const auto found = checkpoint.tensors.find(wanted.name);
    if (found == checkpoint.tensors.end()) {
      missing.add(name_text(wanted.name));
      continue;
    }
    const CheckpointTensor& tensor = found->second;
    if (tensor.shape != wanted.shape) {
      misshapen.add(name_text(wanted.name) + " is " + shape_text(tensor.shape) + " instead of " +
                    shape_text(wanted.shape));
    }
    if (!is_floating_point(tensor.type)) not_floating.add(name_text(wanted.name));
  }
  for (const auto& [name, tensor] : checkpoint.tensors) {
    if (known.count(name) == 0) extra.add(name_text(name));
  }
  std::string report;
  for (const Findings& findings : {missing, misshapen, not_floating, extra}) findings.append_to(report);
  if (report.empty()) return;
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": tensors do not fit the network: " + report,
              "the file belongs to another network or is damaged; `reelface models list` shows models that work");
}

}  // namespace reelface
