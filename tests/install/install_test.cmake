# cmake -DBUILD=build-folder -DSTRANGER=stranger -DWORK=dir -P install_test.cmake
# Installs a build to a prefix of its own, builds a project against it that knows nothing else of us, and runs both.
function(step)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(status)
        list(JOIN ARGN " " words)
        message(FATAL_ERROR "${words}\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${WORK}")
step("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
step("${CMAKE_COMMAND}" -S "${STRANGER}" -B "${WORK}/build" -DCMAKE_PREFIX_PATH=${WORK}/prefix "-DCMAKE_CXX_FLAGS=${FLAGS}")
step("${CMAKE_COMMAND}" --build "${WORK}/build")

execute_process(COMMAND "${WORK}/build/stranger" OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
set(expected "Here 1 1\nBeyond 2 1\n")
if(NOT said STREQUAL expected)
    message(FATAL_ERROR "the stranger's program said:\n${said}and not:\n${expected}")
endif()

execute_process(COMMAND "${WORK}/prefix/bin/patrolzones" --version OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said MATCHES "${VERSION}")
    message(FATAL_ERROR "the installed program says '${said}', not version ${VERSION}")
endif()

foreach(file share/man/man1/patrolzones.1 share/man/man1/patrolzones-run.1 share/bash-completion/completions/patrolzones)
    if(NOT EXISTS "${WORK}/prefix/${file}")
        message(FATAL_ERROR "${file} was not installed")
    endif()
endforeach()
