// A small dense tanh network in ConvNetJS or in TensorFlow Playground's nn.ts (compiled).
//
// node javascript.js OPTIONS, with the options and the answers of tests/benchmarks/side.py.
// OPTIONS is JSON: engine ("convnetjs" or "nn"), library (path), version, sizes, batch, rate,
// work ("train" or "map"), x, y, weights (a list of {kernel, bias}); for a map also side (points
// along it), low, high (its corners) and units (neurons in all).

const path = require("path");
const readline = require("readline");

const options = JSON.parse(process.argv[2]);
const library = require(path.resolve(options.library));
const { batch, rate, sizes, weights, x, y } = options;

class ConvNetJS {
  constructor() {
    const layers = [new library.InputLayer({ out_sx: 1, out_sy: 1, out_depth: sizes[0] })];
    weights.forEach((weight, k) => {
      const shape = { in_sx: 1, in_sy: 1, out_sx: 1, out_sy: 1 };
      const dense = new library.FullyConnLayer({
        ...shape, in_depth: sizes[k], num_neurons: sizes[k + 1],
      });
      dense.filters.forEach((filter, unit) => {
        weight.kernel.forEach((row, input) => { filter.w[input] = row[unit]; });
        dense.biases.w[unit] = weight.bias[unit];
      });
      layers.push(dense, new library.TanhLayer({ ...shape, in_depth: sizes[k + 1] }));
    });
    const outputs = sizes[sizes.length - 1];
    layers.push(new library.RegressionLayer({ in_sx: 1, in_sy: 1, in_depth: outputs }));
    this.net = new library.Net();
    this.net.layers = layers;
    // Its error is half the square: twice the rate makes the steps equal.
    this.trainer = new library.Trainer(this.net, {
      method: "sgd", learning_rate: 2 * rate, momentum: 0, batch_size: batch, l2_decay: 0,
    });
    this.points = x.map((point) => new library.Vol(point));
  }

  // Example by example: the trainer updates after every ``batch`` of them.
  learn(rows) { for (const row of rows) this.trainer.train(this.points[row], y[row]); }

  answer(row) { return this.net.forward(this.points[row]).w[0]; }

  map(points) {
    const input = new library.Vol(1, 1, 2, 0);
    const maps = [];
    for (const [first, second] of points) {
      input.w[0] = first;
      input.w[1] = second;
      this.net.forward(input);
      for (const layer of this.net.layers) {
        if (layer.layer_type === "tanh") maps.push(...layer.out_act.w);
      }
    }
    return maps;
  }

  numbers() {
    return this.net.layers.filter((layer) => layer.filters).map((layer) => ({
      kernel: transposed(layer.filters.map((filter) => Array.from(filter.w))),
      bias: Array.from(layer.biases.w),
    }));
  }
}

class NnTs {
  constructor() {
    const tanh = library.Activations.TANH;
    this.net = library.buildNetwork(sizes, tanh, tanh, null, ["x", "y"]);
    weights.forEach((weight, k) => this.net[k + 1].forEach((node, unit) => {
      node.bias = weight.bias[unit];
      node.inputLinks.forEach((link, input) => { link.weight = weight.kernel[input][unit]; });
    }));
  }

  learn(rows) {
    for (const row of rows) {
      library.forwardProp(this.net, x[row]);
      library.backProp(this.net, y[row][0], library.Errors.SQUARE);
    }
    library.updateWeights(this.net, 2 * rate, 0);
  }

  answer(row) { return library.forwardProp(this.net, x[row]); }

  map(points) {
    const maps = [];
    for (const point of points) {
      library.forwardProp(this.net, point);
      library.forEachNode(this.net, true, (node) => maps.push(node.output));
    }
    return maps;
  }

  numbers() {
    return this.net.slice(1).map((nodes) => ({
      kernel: transposed(nodes.map((node) => node.inputLinks.map((link) => link.weight))),
      bias: nodes.map((node) => node.bias),
    }));
  }
}

function transposed(rows) { return rows[0].map((_, column) => rows.map((row) => row[column])); }

function shuffled(count) {
  const order = Array.from({ length: count }, (_, row) => row);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

// The points of a grid row by row from the top, with the greatest second input.
function plane({ side, low, high }) {
  const points = [];
  const share = (from, to, k) => from + ((to - from) * k) / (side - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      points.push([share(low[0], high[0], column), share(high[1], low[1], row)]);
    }
  }
  return points;
}

const Engine = options.engine === "nn" ? NnTs : ConvNetJS;

function array(shape, numbers) { return { shape, numbers }; }

// Loss, outputs and the gradients that one step of a fresh network shows.
function checkTraining() {
  const engine = new Engine();
  const rows = Array.from({ length: batch }, (_, row) => row);
  const outputs = rows.map((row) => engine.answer(row));
  const squares = rows.map((row) => (outputs[row] - y[row][0]) ** 2);
  engine.learn(rows);
  const answers = {
    loss: array([], [squares.reduce((sum, square) => sum + square) / batch]),
    outputs: array([batch, 1], outputs),
  };
  engine.numbers().forEach(({ kernel, bias }, k) => {
    const name = k ? `dense_${k}` : "dense";
    const slope = (before, after) => (before - after) / rate;
    answers[`${name}/kernel`] = array(
      [sizes[k], sizes[k + 1]],
      kernel.flatMap((row, i) => row.map((number, j) => slope(weights[k].kernel[i][j], number))),
    );
    answers[`${name}/bias`] = array([sizes[k + 1]], bias.map((n, j) => slope(weights[k].bias[j], n)));
  });
  return answers;
}

let order = [];
function train(engine, steps) {
  for (let step = 0; step < steps; step++) {
    if (order.length < batch) order = shuffled(x.length);
    engine.learn(order.splice(0, batch));
  }
}

const engine = new Engine();
const points = options.work === "map" ? plane(options) : [];
const work = {
  train: { check: checkTraining, run: (steps) => train(engine, steps), examples: batch },
  map: {
    check: () => ({ maps: array([points.length, options.units], engine.map(points)) }),
    run: (steps) => { for (let step = 0; step < steps; step++) engine.map(points); },
    examples: 1,
  },
}[options.work];

function tell(message) { process.stdout.write(`${JSON.stringify(message)}\n`); }

tell({ examples: work.examples, versions: { [options.engine]: options.version, node: process.version } });
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const question = JSON.parse(line);
  if (question.do === "check") {
    tell({ answers: work.check() });
  } else if (question.do === "memory") {
    tell({ mib: process.resourceUsage().maxRSS / 1024 });
  } else {
    const started = process.hrtime.bigint();
    work.run(question.steps);
    tell({ steps: question.steps, seconds: Number(process.hrtime.bigint() - started) / 1e9 });
  }
});
