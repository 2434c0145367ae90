// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/part_label.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

PartLabel some_label() {
  PartLabel label;
  label.plan_id = "a1";
  label.part = 3;
  label.model = "window network, cpu";
  label.worker = "host 12";
  label.report.frames = 50;
  label.report.faces = {40, 7, 1, {{"need", 30}, {"pose", 2}}};
  label.report.fallback = "from frame 12 on the processor restored";
  label.report.wall_seconds = 1.5;
  return label;
}

TEST(PartLabel, SurvivesItsText) {
  const PartLabel label = label_from_text(to_text(some_label()));
  EXPECT_EQ(label.plan_id, "a1");
  EXPECT_EQ(label.part, 3u);
  EXPECT_EQ(label.model, "window network, cpu");
  EXPECT_EQ(label.worker, "host 12");
  EXPECT_EQ(label.report.frames, 50);
  EXPECT_EQ(label.report.faces.seen, 40);
  EXPECT_EQ(label.report.faces.restored, 7);
  EXPECT_EQ(label.report.faces.failed, 1);
  EXPECT_EQ(label.report.faces.held_back, some_label().report.faces.held_back);
  EXPECT_EQ(label.report.fallback, "from frame 12 on the processor restored");
  EXPECT_EQ(label.report.wall_seconds, 1.5);
}

TEST(PartLabel, WhatIsNoLabelIsRefused) {
  const std::string good = to_text(some_label());
  const auto with = [&](const std::string& old, const std::string& now) {
    std::string text = good;
    return text.replace(text.find(old), old.size(), now);
  };
  const std::string hostile[] = {"",
                                 "[]",
                                 good.substr(0, good.size() / 2),
                                 with("\"seen\":40", "\"seen\":true"),
                                 with("\"seen\":40", "\"seen\":1e30"),
                                 with("\"need\":30", "\"need\":\"30\""),
                                 with("{\"need\":30,\"pose\":2}", "7")};
  for (const std::string& text : hostile) EXPECT_THROW(label_from_text(text), Error) << text;
}

}  // namespace
}  // namespace reelface
