# patrolzones_options(<target>): the flags every target of ours is compiled with.
#
# -ffp-contract=off: a fused multiply-add would let results depend on the compiler and the machine.
function(patrolzones_options target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    target_compile_options(${target} PRIVATE
        -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
        -Wno-missing-field-initializers -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wnull-dereference
        $<$<BOOL:${PATROLZONES_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()

# patrolzones_library(<folder> [INTERNAL] SOURCES ... [PUBLIC ...] [PRIVATE ...]): one folder, one namespace, one static library
# `patrolzones_<folder>`, exported as `patrolzones::<folder>` unless INTERNAL. Headers are included as "folder/name.hpp".
function(patrolzones_library folder)
    cmake_parse_arguments(arg "INTERNAL" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    set(target patrolzones_${folder})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(patrolzones::${folder} ALIAS ${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${folder})
    patrolzones_options(${target})
    target_include_directories(${target} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/patrolzones>)
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    if(arg_INTERNAL)
        return()
    endif()
    install(TARGETS ${target} EXPORT patrolzones)
    install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/patrolzones/${folder}
            FILES_MATCHING PATTERN "*.hpp")
endfunction()

# patrolzones_test(<name> SOURCES ... LIBRARIES ... [LABELS ...]): a GoogleTest program; each TEST becomes a ctest.
function(patrolzones_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES;LABELS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    patrolzones_options(${name})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${arg_LABELS}")
endfunction()
