export { zipSync } from "npm:fflate@0.8.3";
