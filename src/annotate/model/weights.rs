//! Tensors of a model by name, checked against the shape they should have.

use half::f16;
use half::slice::HalfFloatSliceExt as _;
use safetensors::{Dtype, SafeTensors};

use super::ModelError;

/// The weights of a model.
pub(super) struct Weights<'a> {
    tensors: SafeTensors<'a>,
}

impl<'a> Weights<'a> {
    /// Reads the header of a file in the safetensors format.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Ok(Self { tensors: SafeTensors::deserialize(bytes)? })
    }

    /// Returns a tensor in half precision.
    pub fn half(&self, name: &str, shape: &[usize]) -> Result<Vec<f16>, ModelError> {
        let bytes = self.bytes(name, Dtype::F16, shape)?;
        Ok(bytes.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]])).collect())
    }

    /// Returns a tensor in single precision.
    pub fn single(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let half = self.half(name, shape)?;
        let mut single = vec![0.0; half.len()];
        half.convert_to_f32_slice(&mut single);
        Ok(single)
    }

    /// Returns a list of 64-bit numbers.
    pub fn u64s(&self, name: &str) -> Result<Vec<u64>, ModelError> {
        let length = self.length(name)?;
        let bytes = self.bytes(name, Dtype::U64, &[length])?;
        Ok(bytes.as_chunks().0.iter().map(|b| u64::from_le_bytes(*b)).collect())
    }

    /// Returns a list of 32-bit numbers.
    pub fn u32s(&self, name: &str, length: usize) -> Result<Vec<u32>, ModelError> {
        let bytes = self.bytes(name, Dtype::U32, &[length])?;
        Ok(bytes.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }

    fn length(&self, name: &str) -> Result<usize, ModelError> {
        let tensor = self.tensors.tensor(name).map_err(|_| missing(name))?;
        Ok(tensor.shape().first().copied().unwrap_or(0))
    }

    fn bytes(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&[u8], ModelError> {
        let tensor = self.tensors.tensor(name).map_err(|_| missing(name))?;
        if tensor.dtype() != dtype || tensor.shape() != shape {
            return Err(ModelError::Tensor {
                name: name.to_owned(),
                expected: format!("{dtype:?} {shape:?}"),
                found: format!("{:?} {:?}", tensor.dtype(), tensor.shape()),
            });
        }
        Ok(tensor.data())
    }
}

fn missing(name: &str) -> ModelError {
    ModelError::MissingTensor { name: name.to_owned() }
}
