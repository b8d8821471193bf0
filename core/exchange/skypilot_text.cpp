// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/skypilot_text.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace deepvm::exchange {
namespace {

constexpr const char* group_name = "deepvm";
constexpr const char* checkpoint_path = "/checkpoints";

struct Cloud {
    const char* provider;
    const char* store;
};
constexpr std::array clouds{Cloud{"aws", "s3"}, Cloud{"azure", "azure"}, Cloud{"gcp", "gcs"},
                            Cloud{"lambda", "s3"}};

const Cloud* find_cloud(const problem::Plan& plan) {
    const std::string provider = plan.provider.empty() ? "aws" : plan.provider;
    const auto found =
        std::ranges::find_if(clouds, [&](const Cloud& cloud) { return cloud.provider == provider; });
    return found != clouds.end() ? &*found : nullptr;
}

base::Result<Cloud> cloud_of(const problem::Plan& plan) {
    const auto* cloud = find_cloud(plan);
    if (cloud == nullptr)
        return base::fail(
            base::ErrorCode::invalid_input,
            fmt::format("SkyPilot's bucket store is known for aws, azure, gcp and lambda, not for \"{}\"; "
                        "export the plan as a launch note",
                        plan.provider));
    if (plan.region.find('/') != std::string::npos)
        return base::fail(base::ErrorCode::invalid_input,
                          fmt::format("region \"{}\" cannot be written as cloud/region", plan.region));
    return *cloud;
}

// yaml-cpp quotes what would break the syntax, but not what another type would be read from: "no", "600".
bool is_plain(const std::string& text) {
    static constexpr std::array words{"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    const auto letter = [](unsigned char c) { return std::isalpha(c) != 0 && c < 0x80; };
    const auto safe = [&](unsigned char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '/';
    };
    std::string lower = text;
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return !text.empty() && letter(text.front()) && std::ranges::all_of(text, safe) &&
           std::ranges::find(words, lower) == words.end();
}

// A literal block keeps its lines as they are, but cannot begin with a space or hold control characters.
bool is_block(const std::string& text) {
    const auto readable = [](unsigned char c) { return c == '\n' || (c >= ' ' && c < 0x7F); };
    return !text.empty() && text.front() != ' ' && text.front() != '\n' &&
           std::ranges::all_of(text, readable);
}

class Writer {
  public:
    void begin() { out_ << YAML::BeginMap; }
    void end() { out_ << YAML::EndMap; }
    void begin(const char* key) { out_ << YAML::Key << key << YAML::Value << YAML::BeginMap; }

    void text(const char* key, const std::string& value) {
        out_ << YAML::Key << key << YAML::Value;
        if (!is_plain(value)) out_ << YAML::DoubleQuoted;
        out_ << value;
    }
    void shell(const char* key, std::string value) {
        while (value.ends_with('\n'))
            value.pop_back();  // a literal block has one of its own
        out_ << YAML::Key << key << YAML::Value;
        if (is_block(value))
            out_ << YAML::Literal << value;
        else
            out_ << YAML::DoubleQuoted << value;
    }
    template <typename T>
    void plain(const char* key, T value) {
        out_ << YAML::Key << key << YAML::Value << value;
    }
    void names(const char* key, const std::vector<std::string>& values) {
        out_ << YAML::Key << key << YAML::Value << YAML::Flow << values;
    }

    std::string take() const { return std::string(out_.c_str()) + "\n"; }

  private:
    YAML::Emitter out_;
};

// One task document, which begins where the writer is.
class Tasks {
  public:
    Tasks(const problem::Problem& problem, const problem::Plan& plan, const HandOver& settings, Cloud cloud)
        : problem_(problem), plan_(plan), settings_(settings), cloud_(cloud), roles_(roles(plan)) {}

    const std::vector<Role>& all() const { return roles_; }
    bool is_group() const { return roles_.size() > 1; }
    bool holds() const { return !std::ranges::all_of(roles_, &Role::trains); }

    std::string task(const Role& role) const {
        Writer out;
        out.begin();
        out.text("name", is_group() ? role.name : "deepvm-train");
        out.plain("num_nodes", role.machines);
        out.begin("resources");
        out.text("infra", plan_.region.empty() ? cloud_.provider
                                               : fmt::format("{}/{}", cloud_.provider, plan_.region));
        out.text("instance_type", role.type);
        out.plain("use_spot", role.spot);
        if (role.trains && fabric_of(problem_, plan_) != model::Fabric::tcp) out.text("network_tier", "best");
        out.begin("job_recovery");
        out.text("strategy", "FAILOVER");
        out.plain("max_restarts_on_errors", 3);
        out.end();
        out.end();
        out.begin("file_mounts");
        out.begin(checkpoint_path);
        out.text("name", settings_.bucket);
        out.text("store", cloud_.store);
        out.text("mode", "MOUNT_CACHED");
        out.end();
        out.end();
        out.begin("envs");
        out.text("CHECKPOINT_DIR", checkpoint_path);
        out.text("CHECKPOINT_EVERY_S", interval_text(settings_));
        out.end();
        out.shell("setup", settings_.setup);
        out.shell("run", run(role));
        out.end();
        return out.take();
    }

    std::string header() const {
        Writer out;
        out.begin();
        out.text("name", group_name);
        out.text("execution", "parallel");
        if (holds()) {
            out.names("primary_tasks", {"workers"});
            out.text("termination_delay", "60s");
        }
        out.end();
        return out.take();
    }

  private:
    std::string run(const Role& role) const {
        const bool hosts = role == roles_.front();
        auto text = "set -eu\n" + check_checkpoint_path() + (hosts ? announce() : find());
        text += "export RENDEZVOUS\n";
        if (holds())
            text += "CHECKPOINT_NODES=$(echo \"$addresses\" | paste -s -d , -)\nexport CHECKPOINT_NODES\n";
        if (role.trains) return text + train_command(problem_, plan_, role, settings_, is_group());
        return text + host_rendezvous() + remote_command(plan_, settings_);
    }

    // The first machine of the first role is where all meet.
    std::string announce() const {
        std::string text =
            "addresses=$SKYPILOT_NODE_IPS\n"
            "RENDEZVOUS=$(echo \"$addresses\" | head -n 1)\n"
            "is_host=false\n"
            "if [ \"$SKYPILOT_NODE_RANK\" -eq 0 ]; then is_host=true; fi\n";
        if (is_group())
            text +=
                "if [ \"$is_host\" = true ]; then echo \"$addresses\" > \"$CHECKPOINT_DIR/addresses\"; fi\n";
        return text;
    }

    // Tries again until somebody answers: the file may be older than this job.
    static std::string find() {
        return fmt::format(
            "is_host=false\n"
            "RENDEZVOUS=\n"
            "until [ -n \"$RENDEZVOUS\" ] && python3 -c 'import socket, sys; "
            "socket.create_connection((sys.argv[1], {}), 5)' \"$RENDEZVOUS\" 2> /dev/null; do\n"
            "  sleep 5\n"
            "  addresses=$(cat \"$CHECKPOINT_DIR/addresses\" 2> /dev/null || true)\n"
            "  RENDEZVOUS=$(echo \"$addresses\" | head -n 1)\n"
            "done\n",
            rendezvous_port);
    }

    const problem::Problem& problem_;
    const problem::Plan& plan_;
    const HandOver& settings_;
    Cloud cloud_;
    std::vector<Role> roles_;
};

// What a reader would otherwise look for in vain, or believe; lines of comments.
std::string cannot_say(const Tasks& tasks) {
    std::string text = R"(# What SkyPilot cannot be told:
# - the budget: max_hourly_cost filters by SkyPilot's own catalog, and whether it counts a machine or the whole
#   cluster is not verified, so it is not set; look at the price that sky shows before it launches
# - the checkpoint interval: it is in envs, the training script has to keep it
# - to go on with fewer machines: when one is lost, all machines of its task are replaced
# - MOUNT_CACHED uploads in the background: the newest checkpoint may be missing after a preemption
)";
    if (tasks.is_group())
        text +=
            R"(# - spot and on-demand machines in one task: this is a job group, one task a role, which is experimental;
#   each task recovers on its own, and the others do not wait for it
# - how machines of different tasks find each other: host names work on Kubernetes only, so the first task
#   writes its addresses into the bucket; whether the provider's network lets the tasks reach each other has
#   to be tried before a long run
)";
    if (tasks.holds())
        text +=
            "# - workers a remote node: num_nodes of the tasks keep the plan's ratio, nothing else does\n";
    return text;
}

std::string comments(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += comment_line(line);
    return text;
}

}  // namespace

base::Result<std::string> skypilot_yaml(const problem::Problem& problem, const problem::Plan& plan,
                                        base::Money budget, const HandOver& settings) {
    if (auto checked = check_hand_over(problem, plan, settings); !checked)
        return tl::unexpected(checked.error());
    const auto cloud = cloud_of(plan);
    if (!cloud) return tl::unexpected(cloud.error());
    const Tasks tasks(problem, plan, settings, *cloud);
    auto text = comments(hand_over_head(problem, plan, budget)) + "#\n" + "# Start: sky jobs launch FILE\n" +
                comments(hand_over_contract(settings, tasks.holds())) + "#\n" + cannot_say(tasks);
    if (tasks.is_group()) text += "---\n" + tasks.header();
    for (const auto& role : tasks.all())
        text += "---\n" + tasks.task(role);
    return text;
}

}  // namespace deepvm::exchange
