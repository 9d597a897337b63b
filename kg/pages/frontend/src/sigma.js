// What the map of the whole collection takes of sigma and graphology.
export { default as Sigma } from "sigma";
export { EdgeLineProgram, NodeCircleProgram } from "sigma/rendering";
export { DirectedGraph } from "graphology";
