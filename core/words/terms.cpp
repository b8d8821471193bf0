// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/terms.h"

#include <array>

namespace deepvm::words {
namespace {

// Those that a term is explained by are themselves here, or are words that everybody knows.
constexpr std::array terms{
    Term{"accelerator",
         "A processor made for the arithmetic of training, mostly a GPU. A machine that trains often has one "
         "to eight.",
         "GPU"},
    Term{"anchor",
         "The one on-demand machine among spot machines: it trains as they do, nobody takes it back, and its "
         "own "
         "disk keeps the checkpoints.",
         "on-demand anchor"},
    Term{
        "architecture",
        "How a cluster is built: which of its machines are spot machines and where its checkpoints are kept. "
        "There are six to choose from.",
        ""},
    Term{"batch", "The samples that a machine works through before the model is corrected once.",
         "batches|batch size"},
    Term{"binding limit",
         "A limit that keeps a plan from being better. More of any other limit changes nothing.",
         "binding|binds|bind|what binds|limit that binds"},
    Term{"branch and bound",
         "How a solver finds whole numbers: it splits the question in two, works out the most that each half "
         "can "
         "reach, and drops every half that cannot win.",
         ""},
    Term{"breakpoint",
         "A budget, in dollars an hour, at which the best cluster changes. From one to the next, more money "
         "buys "
         "nothing.",
         "next step|further step|last step|step up|step down"},
    Term{"budget", "The most that a cluster may cost, in dollars an hour.", ""},
    Term{"checkpoint",
         "A copy of all that a training has learned so far, some GiB in size. After a revocation the work "
         "goes on "
         "from the last one.",
         ""},
    Term{"checkpoint interval",
         "The time from one checkpoint to the next. A short one spends time on saving, a long one loses more "
         "work "
         "when a machine is taken back.",
         "interval between checkpoints"},
    Term{"cluster", "Machines that are rented together and train one model together.", ""},
    Term{"deadline", "When the job must be done, in hours from its start.", ""},
    Term{"effective nodes",
         "How many machines' work a cluster really does once the waiting for the network is taken off: 17 "
         "nodes may "
         "do the work of 12.",
         "effective node|ideal node"},
    Term{"efficiency",
         "Effective nodes over nodes, in percent: what machines do together of what each would do alone.",
         "least efficiency"},
    Term{"epoch", "One pass of the training over all samples of its data.", "epoch time"},
    Term{"expected",
         "The mean of all that can happen, revocations included. One run may well take longer and cost more.",
         "expects|expected time|expected cost|expected hours|expected dollars"},
    Term{"feasible region",
         "All numbers of machines that keep every limit. The best plan is one of them, mostly at the edge.",
         ""},
    Term{"FLOP",
         "Floating point operation: one addition or multiplication of numbers. A training needs 10^15 of "
         "them or "
         "many more.",
         "floating point operation", true},
    Term{"FLOPP",
         "Floating point operations per price: how many FLOP one dollar buys, in FLOP/$. More is better.",
         "FLOP/$|kFLOP/$|MFLOP/$|GFLOP/$|TFLOP/$|PFLOP/$|EFLOP/$", true},
    Term{"frontier",
         "The best cluster of every budget, from the smallest to the largest, as a line of steps.", ""},
    Term{"future",
         "One course that the job may take, its revocations drawn by chance. Thousands of them show how its "
         "time and "
         "its cost may vary.",
         "Monte Carlo"},
    Term{"hourly price", "What all machines of a cluster cost together, in dollars an hour.",
         "price an hour|price per hour|lowest price an hour"},
    Term{"interruption band",
         "The range that a provider gives for a type of machine: how many of 100 spot machines it takes back "
         "in a "
         "month, for example 5 to 10 %.",
         ""},
    Term{"knee", "The cheapest cluster that does at least 90 % of what the budget can buy.", ""},
    Term{"limit",
         "What a plan must keep: the budget, a quota, the memory for checkpoints, the network, the number of "
         "nodes.",
         "constraint"},
    Term{"linear program",
         "A question in numbers: which amounts make one sum as large as possible while other sums keep their "
         "limits. A solver answers it and proves the answer.",
         "linear programme"},
    Term{"mixed workers",
         "An architecture: one on-demand anchor and spot machines of two types, each of which gets a share "
         "of the "
         "batch by its speed.",
         ""},
    Term{"node", "One machine of a cluster.", ""},
    Term{"object store",
         "Storage rented by the GiB and month, apart from all machines: what is in it stays when they are "
         "taken "
         "back.",
         "bucket"},
    Term{"objective",
         "What is to be best: the speed, what a dollar buys, the cost of the job, or the time until it is "
         "done.",
         ""},
    Term{"on-demand machine",
         "A machine rented by the hour at the full price. It stays until you give it back.",
         "on-demand|on-demand worker|on-demand node|on-demand price|on-demand instance"},
    Term{"overhead",
         "What comes on top of the useful work, in percent: saving checkpoints, work that is done again, "
         "waiting for "
         "new machines.",
         ""},
    Term{"P95",
         "95 of 100 futures stay at or below it; it is the bad case to reckon with. P50 is the middle, P5 "
         "the good "
         "case.",
         "P5|P50|P5 to P95"},
    Term{"parameter server",
         "An architecture: on-demand machines keep the numbers of the model, and spot machines fetch and "
         "correct "
         "them without waiting for one another.",
         ""},
    Term{"precision", "How many bits each number in the training has. Fewer are faster and less exact.",
         "FP32|TF32|FP8|32 bit|16 bit|8 bit"},
    Term{"proven", "The solver has shown that no cluster within the limits is better.", "proof|unproven"},
    Term{"quota",
         "How many vCPUs of a class of machines your account may run at once. A provider raises it on "
         "request.",
         "spot quota|on-demand quota|vCPU quota"},
    Term{"relaxation",
         "The question as if machines could be rented in parts. It is quick to solve, and no whole machines "
         "do "
         "better.",
         "relaxed program"},
    Term{"remote memory",
         "The main memory of the remote nodes, in GiB. Checkpoints lie there until they are written to "
         "storage.",
         ""},
    Term{"remote node",
         "An on-demand machine without accelerators that takes the checkpoints of the workers over the "
         "network while "
         "these go on.",
         "remote|on-demand remote|on-demand remote node"},
    Term{"revocation",
         "A provider takes a spot machine back. What it worked out since the last checkpoint is lost.",
         "revoked|revoke|revocation rate|interruption|interrupted|revoked a month"},
    Term{"rollback",
         "The training goes back to its last checkpoint after a revocation. The work since then is done "
         "again.",
         "roll back|rolls back|work lost|lost work"},
    Term{"sample", "One example that a model learns from: a picture, or a piece of text.",
         "samples/s|samples a second|training sample"},
    Term{"saturation",
         "So many workers share the network of a remote node that it takes their checkpoints no faster. More "
         "of them "
         "would have to wait.",
         "saturate|saturated|network saturation"},
    Term{"scaling",
         "How much faster the training gets with more machines. They wait for each other's results, so twice "
         "as many "
         "are less than twice as fast: that is the scaling loss.",
         "scaling loss|scaling law"},
    Term{"shadow price",
         "What one more unit of a limit would bring, such as one more dollar of budget, if machines could be "
         "rented "
         "in parts.",
         "relaxation's price"},
    Term{"single anchor",
         "An architecture: one on-demand machine, the anchor, and spot machines of the same type.", ""},
    Term{"slack",
         "What a plan leaves of a limit, for example dollars of the budget. It is 0 where the limit is used "
         "up.",
         ""},
    Term{"spot + bucket", "An architecture: spot machines only. Their checkpoints go to an object store.",
         "spot bucket"},
    Term{"spot machine",
         "A machine rented at a discount that the provider may take back at any time, half a minute to two "
         "minutes after saying so.",
         "spot|spot worker|spot node|spot price|spot instance"},
    Term{"stall", "The training stands still because a checkpoint is not away before the next one is due.",
         "stands still|stand still"},
    Term{"TFLOP/s",
         "A speed of computing: 10^12 floating point operations (FLOP) a second. 1 PFLOP/s is 1,000 TFLOP/s.",
         "FLOP/s|PFLOP/s|EFLOP/s|peak rate"},
    Term{"throughput", "How much work a cluster does in a second, in TFLOP/s or in samples a second.", ""},
    Term{"tiering",
         "An architecture: all workers are spot machines, and a few on-demand machines beside them, the "
         "remote nodes, "
         "keep the checkpoints in memory.",
         ""},
    Term{"utilisation",
         "The share of the accelerators' peak rate that a training reaches, in percent. About a third is "
         "usual.",
         ""},
    Term{"vCPU",
         "Virtual processor: the unit in which providers count machines and quotas. Most often two of them "
         "are one "
         "core.",
         "virtual processor"},
    Term{"worker", "A machine of a cluster that trains, unlike one that only keeps checkpoints.", ""},
    Term{"workload",
         "What is trained: a model and its data, with the FLOP for each sample, the size of the model, and "
         "the "
         "length of the training.",
         ""},
    Term{"Young/Daly interval",
         "The checkpoint interval that costs the least time by the formula of Young and Daly: the rarer the "
         "revocations and the dearer a checkpoint, the longer it is.",
         "Young/Daly|Young and Daly"},
};

}  // namespace

std::span<const Term> all_terms() {
    return terms;
}

}  // namespace deepvm::words
