// SPDX-License-Identifier: Apache-2.0
#include "degrade/degrade_recipe.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(DegradeRecipe, SettingsAreReadAndChecked) {
  DegradeRecipe recipe;
  apply_setting(recipe, "noise=8.5");
  EXPECT_EQ(recipe.noise, 8.5);
  apply_setting(recipe, "chroma-blur=3");
  EXPECT_EQ(recipe.chroma_blur, 3);
  for (const char* wrong : {"noise", "noise=", "noise=x", "noise=1x", "noise=-1", "noise=nan", "noise=inf", "=3",
                            "nois=3", "shrink=0", "noise=1e999", ""}) {
    EXPECT_THROW(apply_setting(recipe, wrong), Error) << wrong;
  }
  EXPECT_EQ(recipe.noise, 8.5);
}

TEST(DegradeRecipe, MistakesNameWhatIsKnown) {
  DegradeRecipe recipe;
  try {
    apply_setting(recipe, "snow=3");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_NE(error.advice().find("noise"), std::string::npos);
  }
  try {
    recipe_named("betamax");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.advice().find("film, webcam, vhs, lowres"), std::string::npos);
  }
}

TEST(DegradeRecipe, EveryEntryCanBeSetAndRead) {
  for (const RecipeSetting& setting : recipe_settings()) {
    DegradeRecipe recipe;
    set_recipe_value(recipe, setting.key, setting.highest);
    EXPECT_EQ(recipe_value(recipe, setting.key), setting.highest);
    EXPECT_FALSE(setting.meaning.empty());
  }
}

TEST(DegradeRecipe, DescriptionBuildsTheSameRecipeAgain) {
  for (const auto& [name, meaning] : recipe_presets()) {
    const DegradeRecipe recipe = recipe_named(name);
    DegradeRecipe again;
    std::string text = describe(recipe);
    EXPECT_NE(text.find("seed=1"), std::string::npos);
    text.resize(text.rfind("seed="));
    std::size_t start = 0;
    for (std::size_t end; (end = text.find(' ', start)) != std::string::npos; start = end + 1) {
      apply_setting(again, text.substr(start, end - start));
    }
    EXPECT_EQ(describe(again), describe(recipe)) << name;
  }
  EXPECT_EQ(describe(DegradeRecipe{}), "seed=1");
}

}  // namespace
}  // namespace reelface
